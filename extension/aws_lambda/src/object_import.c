/*
  * aws_s3.table_import_from_s3: COPY FROM, which reads an object of Amazon S3 piece by piece.
  */
#include "compat.h"

#include "access/table.h"
#include "access/xact.h"
#include "commands/copy.h"
#include "executor/executor.h"
#include "parser/parse_node.h"
#include "parser/parse_relation.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"

#include "arguments.h"
#include "connection.h"
#include "encoding.h"
#include "object.h"

#define CREDENTIALS_TYPE "_aws_credentials_1"

PG_FUNCTION_INFO_V1(aws_s3_table_import);
PG_FUNCTION_INFO_V1(aws_s3_table_import_by_names);

/* The object that COPY reads; its callback has no argument. A trigger of the table may import another one meanwhile. */
typedef struct Object
{
	ObjectRequest *request;
	MemoryContext context;
	char *piece; /* what has arrived last; a copy, as a trigger may use the connection */
	uint32 capacity;
	uint32 length;
	uint32 at;
	bool ended;
	uint64 size; /* of the object */
} Object;

static Object object;

/* ---- reading ---- */

static void
fetch_piece(void)
{
	FrameReply reply;

	object_send(object.request, &reply);
	object.at = 0;
	object.length = reply.payload.length;
	object.ended = object.length == 0;
	if (object.capacity < object.length)
	{
		if (object.piece != NULL)
			pfree(object.piece);
		object.piece = MemoryContextAlloc(object.context, object.length);
		object.capacity = object.length;
	}
	if (!object.ended)
		memcpy(object.piece, reply.payload.data, object.length);
	if (object.request->operation == OBJECT_GET)
	{
		object.size = reply.size;
		object.request->reading = reply.request_id;
		object.request->operation = OBJECT_NEXT_PIECE;
	}
	bridge_release_reply();
}

static int
read_object(void *to, int least, int most)
{
	int have = 0;

	while (have < Max(least, 1) && !object.ended)
	{
		int taken = Min(most - have, object.length - object.at);

		if (taken == 0)
		{
			fetch_piece();
			continue;
		}
		memcpy((char *) to + have, object.piece + object.at, taken);
		object.at += taken;
		have += taken;
	}
	return have;
}

static void
open_object(ObjectRequest *request)
{
	memset(&object, 0, sizeof object);
	request->operation = OBJECT_GET;
	object.request = request;
	object.context = CurrentMemoryContext;
	fetch_piece();
	if (object.size == 0)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("the file has 0 bytes"),
			errdetail("Object \"%s\" of the bucket \"%s\".", readable_text(request->key), readable_text(request->bucket)));
}

/* ---- the table ---- */

static Bitmapset *
written_columns(Relation table, List *names)
{
	TupleDesc columns = RelationGetDescr(table);
	Bitmapset *written = NULL;
	ListCell *cell;

	foreach(cell, names)
	{
		AttrNumber number = get_attnum(RelationGetRelid(table), strVal(lfirst(cell)));

		/* COPY itself refuses a column that is not there. */
		if (number > 0)
			written = bms_add_member(written, number - FirstLowInvalidHeapAttributeNumber);
	}
	for (int i = 0; names == NIL && i < columns->natts; i++)
		if (!TupleDescAttr(columns, i)->attisdropped && TupleDescAttr(columns, i)->attgenerated == '\0')
			written = bms_add_member(written, i + 1 - FirstLowInvalidHeapAttributeNumber);
	return written;
}

/* What the statement COPY FROM checks before it begins. */
static Relation
open_table(ParseState *state, const CopyStmt *copy)
{
	Relation table = table_openrv(copy->relation, RowExclusiveLock);
	ParseNamespaceItem *item = addRangeTableEntryForRelation(state, table, RowExclusiveLock, NULL, false, false);

#if PG_VERSION_NUM >= 160000
	item->p_perminfo->requiredPerms = ACL_INSERT;
	item->p_perminfo->insertedCols = written_columns(table, copy->attlist);
	ExecCheckPermissions(state->p_rtable, list_make1(item->p_perminfo), true);
#else
	item->p_rte->requiredPerms = ACL_INSERT;
	item->p_rte->insertedCols = written_columns(table, copy->attlist);
	ExecCheckRTPerms(state->p_rtable, true);
#endif
	if (check_enable_rls(RelationGetRelid(table), InvalidOid, false) == RLS_ENABLED)
		ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("COPY FROM not supported with row-level security"),
			errhint("Use INSERT statements instead."));
	if (XactReadOnly && !table->rd_islocaltemp)
		PreventCommandIfReadOnly("COPY FROM");
	return table;
}

static uint64
read_into_table(ObjectRequest *request, const char *sql)
{
	CopyStmt *copy = object_copy_statement(sql, true);
	ParseState *state = make_parsestate(NULL);
	Relation table;
	uint64 rows;
#if PG_VERSION_NUM >= 140000
	CopyFromState reading;
#else
	CopyState reading;
#endif

	state->p_sourcetext = sql;
	table = open_table(state, copy);
	open_object(request);
#if PG_VERSION_NUM >= 140000
	reading = BeginCopyFrom(state, table, NULL, NULL, false, read_object, copy->attlist, copy->options);
#else
	reading = BeginCopyFrom(state, table, NULL, false, read_object, copy->attlist, copy->options);
#endif
	rows = CopyFrom(reading);
	EndCopyFrom(reading);
	table_close(table, NoLock);
	free_parsestate(state);
	CommandCounterIncrement();
	return rows;
}

/* Unless it succeeds, the bridge gives up reading with the connection. */
static uint64
copy_from_object(ObjectRequest *request, const char *sql, uint64 *size)
{
	ErrorContextCallback error_context = {
		.previous = error_context_stack, .callback = object_error_in_statement, .arg = unconstify(char *, sql)};
	Object outer = object;
	uint64 rows = 0;

	error_context_stack = &error_context;
	PG_TRY();
	{
		rows = read_into_table(request, sql);
		*size = object.size;
	}
	PG_CATCH();
	{
		object = outer;
		bridge_disconnect();
		PG_RE_THROW();
	}
	PG_END_TRY();
	error_context_stack = error_context.previous;
	object = outer;
	return rows;
}

/* ---- the functions ---- */

static Datum
import(FunctionCallInfo fcinfo, ObjectRequest *request)
{
	char *table = string_argument(fcinfo, 0);
	char *columns = string_argument(fcinfo, 1);
	char *options = string_argument(fcinfo, 2);
	uint64 size;
	char *sql =
		psprintf("COPY %s %s%s%s FROM STDIN %s", table, columns[0] != '\0' ? "(" : "", columns, columns[0] != '\0' ? ")" : "", options);
	uint64 rows = copy_from_object(request, sql, &size);

	PG_RETURN_TEXT_P(cstring_to_text(psprintf(UINT64_FORMAT " rows imported into relation \"%s\" from file %s of " UINT64_FORMAT " bytes",
		rows, table, pg_any_to_server(copy_text(request->key), request->key.length, PG_UTF8), size)));
}

Datum
aws_s3_table_import(PG_FUNCTION_ARGS)
{
	ObjectRequest request = object_request();

	if (PG_ARGISNULL(3))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("s3_info must not be null"));
	object_name_from_row(&request, PG_GETARG_HEAPTUPLEHEADER(3));
	if (!PG_ARGISNULL(4))
	{
		HeapTupleHeader credentials = PG_GETARG_HEAPTUPLEHEADER(4);

		request.access_key = text_attribute(credentials, CREDENTIALS_TYPE, "access_key");
		request.secret_key = text_attribute(credentials, CREDENTIALS_TYPE, "secret_key");
		request.session_token = text_attribute(credentials, CREDENTIALS_TYPE, "session_token");
	}
	return import(fcinfo, &request);
}

Datum
aws_s3_table_import_by_names(PG_FUNCTION_ARGS)
{
	ObjectRequest request = object_request();

	object_name_from_arguments(&request, fcinfo, 3);
	request.access_key = text_argument(fcinfo, 6);
	request.secret_key = text_argument(fcinfo, 7);
	request.session_token = text_argument(fcinfo, 8);
	return import(fcinfo, &request);
}
