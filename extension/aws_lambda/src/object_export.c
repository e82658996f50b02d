/*
  * aws_s3.query_export_to_s3: COPY (query) TO, whose rows become parts of objects of Amazon S3.
  *
  * COPY TO takes a callback only from PostgreSQL 16 on. Before and after, it sends its rows to the client through PqCommMethods; while an
  * export runs, these are ours: they keep the messages of COPY, and pass on all others.
  */
#include "compat.h"

#include "access/htup_details.h"
#include "commands/copy.h"
#include "parser/parse_node.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"

/* The type of PqCommMethods is in a header that also wants those of Kerberos and OpenSSL, for types that are not used here. */
#undef ENABLE_GSS
#undef USE_OPENSSL
#undef USE_SSL
#include "libpq/libpq.h"

#include "arguments.h"
#include "connection.h"
#include "encoding.h"
#include "object.h"
#include "settings.h"

#define COPY_OUT_RESPONSE 'H'
#define COPY_DATA 'd'
#define COPY_DONE 'c'
#define ETAG_ROOM 128

PG_FUNCTION_INFO_V1(aws_s3_query_export);
PG_FUNCTION_INFO_V1(aws_s3_query_export_by_names);

/* The export that runs. Its query may call the function again, which is refused. */
static struct
{
	ObjectRequest *request;
	FrameText key; /* of the first file */
	const PQcommMethods *client;
	bool has_client;
	MemoryContext context;
	char *piece;
	Size length;      /* of the piece */
	StringInfo etags; /* of the parts of this file, one a line */
	uint32 parts;
	uint64 file_size; /* of this file, without the piece */
	int64 files;
	int64 bytes;
} export;

/* ---- files ---- */

static FrameText
kept_text(FrameText text)
{
	FrameText copy = {copy_text(text), text.length};

	return copy;
}

static void
begin_file(void)
{
	FrameText none = {NULL, 0};

	export.files++;
	export.parts = 0;
	export.file_size = 0;
	resetStringInfo(export.etags);
	export.request->upload_id = none;
	export.request->key = export.key;
	if (export.files > 1)
	{
		char *name = psprintf("%s_part" INT64_FORMAT, copy_text(export.key), export.files);

		export.request->key.data = name;
		export.request->key.length = strlen(name);
	}
}

static void
request_with(ObjectOperation operation, const char *payload, Size length, FrameReply *reply)
{
	export.request->operation = operation;
	export.request->payload.data = payload;
	export.request->payload.length = length;
	object_send(export.request, reply);
}

static void
upload_part(void)
{
	FrameReply reply;

	if (export.request->upload_id.data == NULL)
	{
		request_with(OBJECT_CREATE_UPLOAD, NULL, 0, &reply);
		if (reply.upload_id.data == NULL)
			ereport(ERROR, errcode(ERRCODE_SYSTEM_ERROR), errmsg("could not upload to Amazon S3"),
				errdetail("Amazon S3 client returned '%s'.", "an upload without an id"));
		export.request->upload_id = kept_text(reply.upload_id);
	}
	export.request->part_number = ++export.parts;
	request_with(OBJECT_UPLOAD_PART, export.piece, export.length, &reply);
	appendBinaryStringInfo(export.etags, reply.etag.data, Min(reply.etag.length, ETAG_ROOM));
	appendStringInfoChar(export.etags, '\n');
	export.request->part_number = 0;
	export.file_size += export.length;
	export.length = 0;
	bridge_release_reply();
}

/* A small file is one request; an object that others see appears whole in both cases. */
static void
end_file(void)
{
	FrameReply reply;

	export.bytes += export.file_size + export.length;
	if (export.request->upload_id.data == NULL)
		request_with(OBJECT_PUT, export.piece, export.length, &reply);
	else
	{
		if (export.length > 0)
			upload_part();
		request_with(OBJECT_COMPLETE_UPLOAD, export.etags->data, export.etags->len, &reply);
	}
	export.length = 0;
	bridge_release_reply();
}

/* ---- rows ---- */

static void
add(const char *data, Size length)
{
	while (length > 0)
	{
		Size taken = Min(length, OBJECT_PIECE_SIZE - export.length);

		memcpy(export.piece + export.length, data, taken);
		export.length += taken;
		data += taken;
		length -= taken;
		if (export.length == OBJECT_PIECE_SIZE)
			upload_part();
	}
}

/* Each message holds whole rows, so that a new file begins between two of them. */
static void
add_rows(const char *data, Size length)
{
	MemoryContext caller = MemoryContextSwitchTo(export.context);

	if (export.file_size + export.length >= (uint64) setting_s3_max_file_size * 1024)
	{
		end_file();
		begin_file();
	}
	add(data, length);
	MemoryContextSwitchTo(caller);
}

static int
put_message(char type, const char *data, size_t length)
{
	if (type == COPY_DATA)
		add_rows(data, length);
	else if (type != COPY_OUT_RESPONSE && type != COPY_DONE && export.has_client)
		return export.client->putmessage(type, data, length);
	return 0;
}

static void
put_message_without_waiting(char type, const char *data, size_t length)
{
	if (export.has_client)
		export.client->putmessage_noblock(type, data, length);
}

static int
flush(void)
{
	return export.has_client ? export.client->flush() : 0;
}

static int
flush_if_writable(void)
{
	return export.has_client ? export.client->flush_if_writable() : 0;
}

static bool
is_send_pending(void)
{
	return export.has_client && export.client->is_send_pending();
}

static void
reset(void)
{
	if (export.has_client)
		export.client->comm_reset();
}

#if PG_VERSION_NUM < 140000
static void
start_copy_out(void)
{
}

static void
end_copy_out(bool failed)
{
}
#endif

static const PQcommMethods methods = {
	.comm_reset = reset,
	.flush = flush,
	.flush_if_writable = flush_if_writable,
	.is_send_pending = is_send_pending,
	.putmessage = put_message,
	.putmessage_noblock = put_message_without_waiting,
#if PG_VERSION_NUM < 140000
	.startcopyout = start_copy_out,
	.endcopyout = end_copy_out,
#endif
};

/* ---- the functions ---- */

static uint64
copy_rows(const char *sql)
{
	CommandDest destination = whereToSendOutput;
	CopyStmt *copy = object_copy_statement(sql, false);
	ParseState *state = make_parsestate(NULL);
	uint64 rows = 0;

#if PG_VERSION_NUM < 140000
	/* Its COPY writes around PqCommMethods where no client of today's protocol is. */
	if (destination != DestRemote)
		ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("aws_s3.query_export_to_s3 needs a client in PostgreSQL 13"));
#endif
	state->p_sourcetext = sql;
	export.client = PqCommMethods;
	export.has_client = destination == DestRemote;
	PG_TRY();
	{
		PqCommMethods = &methods;
		whereToSendOutput = DestRemote;
		DoCopy(state, copy, 0, 0, &rows);
	}
	PG_FINALLY();
	{
		PqCommMethods = export.client;
		whereToSendOutput = destination;
	}
	PG_END_TRY();
	free_parsestate(state);
	return rows;
}

static uint64
export_rows(ObjectRequest *request, const char *sql)
{
	ErrorContextCallback error_context = {
		.previous = error_context_stack, .callback = object_error_in_statement, .arg = unconstify(char *, sql)};
	uint64 rows = 0;

	/* A trigger or function of the query may call this again. */
	if (export.request != NULL)
		ereport(ERROR, errcode(ERRCODE_OBJECT_IN_USE), errmsg("an export to Amazon S3 cannot run within another one"));
	memset(&export, 0, sizeof export);
	export.key = request->key;
	export.context = CurrentMemoryContext;
	export.piece = palloc(OBJECT_PIECE_SIZE);
	export.etags = makeStringInfo();
	error_context_stack = &error_context;
	PG_TRY();
	{
		export.request = request;
		begin_file();
		rows = copy_rows(sql);
		end_file();
		export.request = NULL;
	}
	PG_CATCH();
	{
		export.request = NULL;
		/* The bridge aborts the upload that a connection leaves behind. */
		bridge_disconnect();
		PG_RE_THROW();
	}
	PG_END_TRY();
	error_context_stack = error_context.previous;
	return rows;
}

static Datum
export_query(FunctionCallInfo fcinfo, ObjectRequest *request, int options_argument)
{
	char *query = string_argument(fcinfo, 0);
	char *options = string_argument(fcinfo, options_argument);
	bool in_parentheses = options[strspn(options, " \t\r\n")] == '(';
	bool any = options[0] != '\0';
	/* The line ends keep a comment at the end of an argument from what follows. */
	char *sql =
		psprintf("COPY (%s\n) TO STDOUT %s%s%s", query, any && !in_parentheses ? "(" : "", options, any && !in_parentheses ? "\n)" : "");
	TupleDesc descriptor;
	Datum values[3];
	bool nulls[3] = {false};

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	request->kms_key = text_argument(fcinfo, options_argument + 1);
	values[0] = Int64GetDatum((int64) export_rows(request, sql));
	values[1] = Int64GetDatum(export.files);
	values[2] = Int64GetDatum(export.bytes);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls));
}

Datum
aws_s3_query_export(PG_FUNCTION_ARGS)
{
	ObjectRequest request = object_request();

	if (PG_ARGISNULL(1))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("s3_info must not be null"));
	object_name_from_row(&request, PG_GETARG_HEAPTUPLEHEADER(1));
	return export_query(fcinfo, &request, 2);
}

Datum
aws_s3_query_export_by_names(PG_FUNCTION_ARGS)
{
	ObjectRequest request = object_request();

	object_name_from_arguments(&request, fcinfo, 1);
	return export_query(fcinfo, &request, 4);
}
