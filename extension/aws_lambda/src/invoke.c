/*
 * The SQL functions: arguments into a request, the reply into a row.
 */
#include "compat.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/dbcommands.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "connection.h"
#include "report.h"
#include "settings.h"

PG_FUNCTION_INFO_V1(aws_lambda_invoke_json);
PG_FUNCTION_INFO_V1(aws_lambda_invoke_jsonb);

enum Argument
{
	ARG_FUNCTION_NAME,
	ARG_REGION,
	ARG_PAYLOAD,
	ARG_INVOCATION_TYPE,
	ARG_LOG_TYPE,
	ARG_CONTEXT,
	ARG_QUALIFIER,
	ARG_COMPOSITE
};

typedef enum PayloadType
{
	PAYLOAD_JSON,
	PAYLOAD_JSONB
} PayloadType;

/* ---- arguments ---- */

static FrameText
to_utf8(const char *data, int length)
{
	char	   *utf8 = pg_server_to_any(data, length, PG_UTF8);
	FrameText	text = {utf8, utf8 == data ? length : strlen(utf8)};

	return text;
}

static FrameText
setting_text(const char *value)
{
	FrameText	none = {NULL, 0};

	return value[0] == '\0' ? none : to_utf8(value, strlen(value));
}

/* text, or json, which is stored alike. */
static FrameText
text_argument(FunctionCallInfo fcinfo, int argument)
{
	FrameText	none = {NULL, 0};
	text	   *value;

	if (PG_ARGISNULL(argument))
		return none;
	value = PG_GETARG_TEXT_PP(argument);
	return to_utf8(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

static FrameText
jsonb_argument(FunctionCallInfo fcinfo, int argument)
{
	FrameText	none = {NULL, 0};
	StringInfoData json;
	Jsonb	   *value;

	if (PG_ARGISNULL(argument))
		return none;
	value = PG_GETARG_JSONB_P(argument);
	initStringInfo(&json);
	JsonbToCString(&json, &value->root, VARSIZE(value));
	return to_utf8(json.data, json.len);
}

/*
 * database/user/pid for the bridge's failure log, made once per session; the user is who logged in, or whom
 * SET SESSION AUTHORIZATION had made of them by then.
 */
static FrameText
log_context(void)
{
	static char *text = NULL;
	FrameText	result;

	if (text == NULL)
	{
		const char *database = get_database_name(MyDatabaseId);
		const char *user = GetUserNameFromId(GetSessionUserId(), true);
		char	   *made = psprintf("%s/%s/%d", database != NULL ? database : "?", user != NULL ? user : "?", MyProcPid);

		/* Names may be in any encoding, a log line is not worth a conversion error. */
		for (char *c = made; *c != '\0'; c++)
			if (IS_HIGHBIT_SET(*c))
				*c = '?';
		text = MemoryContextStrdup(TopMemoryContext, made);
	}
	result.data = text;
	result.length = strlen(text);
	return result;
}

static InvokeRequest
build_request(FunctionCallInfo fcinfo, PayloadType type)
{
	FrameText	(*json_argument) (FunctionCallInfo, int) = type == PAYLOAD_JSON ? text_argument : jsonb_argument;
	InvokeRequest request = {
		.function_name = text_argument(fcinfo, ARG_FUNCTION_NAME),
		.payload = json_argument(fcinfo, ARG_PAYLOAD),
		.region = text_argument(fcinfo, ARG_REGION),
		.invocation_type = text_argument(fcinfo, ARG_INVOCATION_TYPE),
		.log_type = text_argument(fcinfo, ARG_LOG_TYPE),
		.context = json_argument(fcinfo, ARG_CONTEXT),
		.qualifier = text_argument(fcinfo, ARG_QUALIFIER),
		.composite = !PG_ARGISNULL(ARG_COMPOSITE) && PG_GETARG_BOOL(ARG_COMPOSITE),
		.connect_timeout_ms = setting_connect_timeout_ms,
		.request_timeout_ms = setting_request_timeout_ms,
		.endpoint_override = setting_text(setting_endpoint_override),
		.default_region = setting_text(setting_region),
		.log_context = log_context(),
	};

	return request;
}

/* ---- result ---- */

/* Made once per process and type: status_code, payload, executed_version, log_result. */
static TupleDesc
result_descriptor(PayloadType type)
{
	static TupleDesc descriptors[PAYLOAD_JSONB + 1];

	if (descriptors[type] == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
		TupleDesc	descriptor = CreateTemplateTupleDesc(4);

		TupleDescInitEntry(descriptor, 1, "status_code", INT4OID, -1, 0);
		TupleDescInitEntry(descriptor, 2, "payload", type == PAYLOAD_JSON ? JSONOID : JSONBOID, -1, 0);
		TupleDescInitEntry(descriptor, 3, "executed_version", TEXTOID, -1, 0);
		TupleDescInitEntry(descriptor, 4, "log_result", TEXTOID, -1, 0);
		descriptors[type] = BlessTupleDesc(descriptor);
		MemoryContextSwitchTo(caller);
	}
	return descriptors[type];
}

/* A C string in the encoding of the database. Terminates in place: what follows has been parsed, and there is room. */
static char *
from_utf8(FrameText text)
{
	char	   *utf8 = unconstify(char *, text.data);

	utf8[text.length] = '\0';
	return pg_any_to_server(utf8, text.length, PG_UTF8);
}

static Datum
text_result(FrameText text, bool *isnull)
{
	*isnull = text.data == NULL;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(from_utf8(text));
}

/* Through the type's input function, which judges what the function returned. */
static Datum
json_result(FrameText text, PayloadType type, bool *isnull)
{
	*isnull = text.data == NULL;
	if (*isnull)
		return (Datum) 0;
	return DirectFunctionCall1(type == PAYLOAD_JSON ? json_in : jsonb_in, CStringGetDatum(from_utf8(text)));
}

static Datum
build_result(const FrameReply *reply, PayloadType type)
{
	Datum		values[4];
	bool		nulls[4] = {false};

	values[0] = Int32GetDatum(reply->status_code);
	values[1] = json_result(reply->payload, type, &nulls[1]);
	values[2] = text_result(reply->executed_version, &nulls[2]);
	values[3] = text_result(reply->log_result, &nulls[3]);
	return HeapTupleGetDatum(heap_form_tuple(result_descriptor(type), values, nulls));
}

static Datum
invoke(FunctionCallInfo fcinfo, PayloadType type)
{
	InvokeRequest request = build_request(fcinfo, type);
	FrameReply	reply;
	Datum		result;

	bridge_exchange(&request, &reply);
	if (reply.type == FRAME_ERROR)
		report_bridge_error(&reply);
	result = build_result(&reply, type);
	bridge_release_reply();
	return result;
}

Datum
aws_lambda_invoke_json(PG_FUNCTION_ARGS)
{
	return invoke(fcinfo, PAYLOAD_JSON);
}

Datum
aws_lambda_invoke_jsonb(PG_FUNCTION_ARGS)
{
	return invoke(fcinfo, PAYLOAD_JSONB);
}
