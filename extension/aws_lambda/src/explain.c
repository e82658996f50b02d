/*
  * daybreak.explain_invoke_json explains a call to users who may invoke. All other users only see how they can get that permission. The
  * extension daybreak declares the function; it is implemented here because it needs the connection.
  */
#include "compat.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "commands/dbcommands.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "arguments.h"
#include "bridge_error.h"
#include "connection.h"
#include "encoding.h"
#include "guard.h"
#include "identity.h"
#include "report.h"

#define SCHEMA "aws_lambda"

PG_FUNCTION_INFO_V1(daybreak_explain_invoke);
PG_FUNCTION_INFO_V1(daybreak_explain_invoke_composite);

/* ---- permission ---- */

static bool
may_execute_every_overload(Oid user, Oid schema)
{
	CatCList *named = SearchSysCacheList1(PROCNAMEARGSNSP, CStringGetDatum("invoke"));
	bool any = false;
	bool all = true;

	for (int i = 0; i < named->n_members; i++)
	{
		Form_pg_proc function = (Form_pg_proc) GETSTRUCT(&named->members[i]->tuple);

		if (function->pronamespace != schema)
			continue;
		any = true;
		all = all && user_may_execute(user, function->oid);
	}
	ReleaseSysCacheList(named);
	return any && all;
}

/* Returns NULL when the current user may invoke; otherwise the reason, in PostgreSQL's own words. */
static const char *
denial(const char *user)
{
	Oid schema = get_namespace_oid(SCHEMA, true);

	if (!OidIsValid(schema) || !user_may_use_schema(GetUserId(), schema))
		return psprintf("permission denied for schema " SCHEMA ": %s may not use it.", user);
	if (!may_execute_every_overload(GetUserId(), schema))
		return psprintf("permission denied for function invoke: %s may not execute it.", user);
	return NULL;
}

/* ---- explanations of a single stage, in the same form as the bridge's ---- */

static void
append_member(StringInfo json, const char *name, const char *value)
{
	appendStringInfo(json, "\"%s\":", name);
	escape_json(json, value);
	appendStringInfoChar(json, ',');
}

/* The commands end with NULL when there are fewer than two; without any, what alone describes the fix. */
static Datum
failed_stage(const ExplainRequest *request, const char *stage, const char *text, const char *evidence, const char *what,
	const char *const commands[2])
{
	StringInfoData json;

	initStringInfo(&json);
	appendStringInfoChar(&json, '{');
	append_member(&json, "database", get_database_name(MyDatabaseId));
	if (request->function_name.data != NULL)
		append_member(&json, "function", pg_any_to_server(copy_text(request->function_name), request->function_name.length, PG_UTF8));
	appendStringInfoString(&json, "\"works\":false,\"stages\":[{");
	append_member(&json, "stage", stage);
	append_member(&json, "state", "failed");
	append_member(&json, "text", text);
	appendStringInfoString(&json, "\"evidence\":[");
	escape_json(&json, evidence);
	appendStringInfoString(&json, "],\"toMend\":[{");
	append_member(&json, "what", what);
	appendStringInfoString(&json, "\"commands\":[");
	for (int i = 0; i < 2 && commands != NULL && commands[i] != NULL; i++)
	{
		if (i > 0)
			appendStringInfoChar(&json, ',');
		escape_json(&json, commands[i]);
	}
	appendStringInfoString(&json, "]}]}]}");
	return DirectFunctionCall1(json_in, CStringGetDatum(json.data));
}

static Datum
denied(const ExplainRequest *request, const char *user, const char *why)
{
	const char *role = quote_identifier(user);
	const char *const grants[2] = {
		psprintf("GRANT USAGE ON SCHEMA " SCHEMA " TO %s;", role),
		psprintf("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA " SCHEMA " TO %s;", role),
	};

	return failed_stage(request, "grants", why, user, "Grant it, as the owner of the extension " SCHEMA ".", grants);
}

/* The user may execute the function, but no rule of daybreak.allow gives what is called. */
static Datum
not_allowed(const ExplainRequest *request, const char *user, const GuardRefusal *refusal)
{
	const char *const commands[2] = {refusal->statement, NULL};
	const char *what = refusal->statement != NULL ? "Allow it, as an administrator of the rules." : "Name the function by its name or ARN.";

	return failed_stage(request, "grants", psprintf("%s. %s", refusal->message, refusal->detail), user, what, commands);
}

static Datum
bridge_failed(const ExplainRequest *request, const ErrorData *error)
{
	const char *text = error->detail == NULL ? psprintf("%s.", error->message) : psprintf("%s: %s", error->message, error->detail);

	return failed_stage(
		request, "bridge", text, unpack_sql_state(error->sqlerrcode), error->hint != NULL ? error->hint : "See the server log.", NULL);
}

/* ---- asking the bridge ---- */

typedef struct Question
{
	const ExplainRequest *request;
	Datum explanation;
} Question;

static void
put(void *argument)
{
	Question *question = argument;
	FrameReply reply;

	bridge_explain(question->request, &reply);
	if (reply.type == FRAME_ERROR)
		report_bridge_error(&reply);
	question->explanation = DirectFunctionCall1(json_in, CStringGetDatum(from_utf8(reply.explanation)));
	bridge_release_reply();
}

/* A bridge that does not answer is something to explain as well. */
static Datum
ask(const ExplainRequest *request)
{
	Question question = {.request = request};
	const ErrorData *error = bridge_error_of(put, &question);

	return error == NULL ? question.explanation : bridge_failed(request, error);
}

static Datum
explain(FunctionCallInfo fcinfo, Form form)
{
	ExplainRequest request = explain_request_from_arguments(fcinfo, form);
	const char *user = GetUserNameFromId(GetUserId(), false);
	const char *why = denial(user);
	InvokeRequest call = {
		.function_name = request.function_name,
		.region = request.region,
		.default_region = request.default_region,
		.composite = request.composite,
	};
	GuardRefusal refusal;

	if (why != NULL)
		return denied(&request, user, why);
	/* An explanation asks AWS about the function, so it needs what the call needs. */
	if (guard_refuses(&call, &refusal))
		return not_allowed(&request, user, &refusal);
	request.function_name = call.function_name;
	request.region = call.region;
	request.identity = current_identity();
	return ask(&request);
}

Datum
daybreak_explain_invoke(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_TEXT);
}

Datum
daybreak_explain_invoke_composite(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_COMPOSITE);
}
