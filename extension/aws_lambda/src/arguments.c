#include "compat.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/dbcommands.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "arguments.h"
#include "encoding.h"
#include "settings.h"
#include "traceparent.h"

/* Positions in the text overloads. The composite ones have no region, so everything after it moves one place to the left. */
enum Argument
{
	ARG_FUNCTION_NAME,
	ARG_PAYLOAD,
	ARG_REGION,
	ARG_INVOCATION_TYPE,
	ARG_LOG_TYPE,
	ARG_CONTEXT,
	ARG_QUALIFIER
};

/* The text overload of daybreak.explain_invoke_json has two arguments; the first is the function's name, as above. */
#define EXPLAIN_ARG_REGION 1

FrameText
text_of_setting(const char *value)
{
	FrameText none = {NULL, 0};

	return value[0] == '\0' ? none : to_utf8(value, strlen(value));
}

FrameText
text_argument(FunctionCallInfo fcinfo, int argument)
{
	FrameText none = {NULL, 0};
	text *value;

	if (PG_ARGISNULL(argument))
		return none;
	value = PG_GETARG_TEXT_PP(argument);
	return to_utf8(VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

char *
string_argument(FunctionCallInfo fcinfo, int argument)
{
	return PG_ARGISNULL(argument) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(argument));
}

static FrameText
jsonb_argument(FunctionCallInfo fcinfo, int argument)
{
	FrameText none = {NULL, 0};
	StringInfoData json;
	Jsonb *value;

	if (PG_ARGISNULL(argument))
		return none;
	value = PG_GETARG_JSONB_P(argument);
	initStringInfo(&json);
	JsonbToCString(&json, &value->root, VARSIZE(value));
	return to_utf8(json.data, json.len);
}

/*
 * database/user/pid for the bridge's failure log, made once per session. The user is the session user at that time: whoever logged in, or
 * the user of an earlier SET SESSION AUTHORIZATION.
 */
FrameText
log_context(void)
{
	static char *text = NULL;
	FrameText result;

	if (text == NULL)
	{
		const char *database = get_database_name(MyDatabaseId);
		const char *user = GetUserNameFromId(GetSessionUserId(), true);
		char *made = psprintf("%s/%s/%d", database != NULL ? database : "?", user != NULL ? user : "?", MyProcPid);

		/* Names may be in any encoding, and a log line is not worth a conversion error. */
		for (char *c = made; *c != '\0'; c++)
			if (IS_HIGHBIT_SET(*c))
				*c = '?';
		text = MemoryContextStrdup(TopMemoryContext, made);
	}
	result.data = text;
	result.length = strlen(text);
	return result;
}

FrameText
text_attribute(HeapTupleHeader row, const char *type_name, const char *name)
{
	FrameText none = {NULL, 0};
	TupleDesc descriptor = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row), HeapTupleHeaderGetTypMod(row));
	AttrNumber number = SPI_fnumber(descriptor, name);
	Oid type = number > 0 ? TupleDescAttr(descriptor, number - 1)->atttypid : InvalidOid;
	bool isnull;
	Datum value;
	text *plain;

	ReleaseTupleDesc(descriptor);
	/* The owner may have altered the type; an attribute of another type must not be read as text. */
	if (type != TEXTOID)
		ereport(ERROR, errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("aws_commons.%s has no attribute \"%s\" of type text", type_name, name));
	value = GetAttributeByNum(row, number, &isnull);
	if (isnull)
		return none;
	plain = DatumGetTextPP(value);
	return to_utf8(VARDATA_ANY(plain), VARSIZE_ANY_EXHDR(plain));
}

static void
read_composite(FunctionCallInfo fcinfo, FrameText *function_name, FrameText *region)
{
	HeapTupleHeader row;

	if (PG_ARGISNULL(ARG_FUNCTION_NAME))
		return;
	row = PG_GETARG_HEAPTUPLEHEADER(ARG_FUNCTION_NAME);
	*function_name = text_attribute(row, "_lambda_function_arn_1", "function_name");
	*region = text_attribute(row, "_lambda_function_arn_1", "region");
}

InvokeRequest
request_from_arguments(FunctionCallInfo fcinfo, Form form, PayloadType type)
{
	FrameText (*json_argument)(FunctionCallInfo, int) = type == PAYLOAD_JSON ? text_argument : jsonb_argument;
	int left = form == FORM_COMPOSITE ? 1 : 0;
	InvokeRequest request = {
		.payload = json_argument(fcinfo, ARG_PAYLOAD),
		.invocation_type = text_argument(fcinfo, ARG_INVOCATION_TYPE - left),
		.log_type = text_argument(fcinfo, ARG_LOG_TYPE - left),
		.context = json_argument(fcinfo, ARG_CONTEXT - left),
		.qualifier = text_argument(fcinfo, ARG_QUALIFIER - left),
		.composite = form == FORM_COMPOSITE,
		.connect_timeout_ms = setting_connect_timeout_ms,
		.request_timeout_ms = setting_request_timeout_ms,
		.endpoint_override = text_of_setting(setting_endpoint_override),
		.default_region = text_of_setting(setting_region),
		.log_context = log_context(),
		.traceparent = current_traceparent(),
		.breaker_failures = setting_breaker_failures,
		.breaker_pause_ms = setting_breaker_pause_ms,
		.application_name = text_of_setting(application_name), /* PostgreSQL has made it ASCII */
	};

	if (form == FORM_TEXT)
	{
		request.function_name = text_argument(fcinfo, ARG_FUNCTION_NAME);
		request.region = text_argument(fcinfo, ARG_REGION);
	}
	else
		read_composite(fcinfo, &request.function_name, &request.region);
	return request;
}

ExplainRequest
explain_request_from_arguments(FunctionCallInfo fcinfo, Form form)
{
	const char *database = get_database_name(MyDatabaseId);
	const char *user = GetUserNameFromId(GetUserId(), false);
	ExplainRequest request = {
		.composite = form == FORM_COMPOSITE,
		.connect_timeout_ms = setting_connect_timeout_ms,
		.request_timeout_ms = setting_request_timeout_ms,
		.endpoint_override = text_of_setting(setting_endpoint_override),
		.default_region = text_of_setting(setting_region),
		.log_context = log_context(),
		.database = to_utf8(database, strlen(database)),
		.user = to_utf8(user, strlen(user)),
	};

	if (form == FORM_TEXT)
	{
		request.function_name = text_argument(fcinfo, ARG_FUNCTION_NAME);
		request.region = text_argument(fcinfo, EXPLAIN_ARG_REGION);
	}
	else
		read_composite(fcinfo, &request.function_name, &request.region);
	return request;
}
