/*
  * The SQL functions: they make a request from the arguments and a row from its reply.
  */
#include "compat.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "arguments.h"
#include "connection.h"
#include "encoding.h"
#include "guard.h"
#include "identity.h"
#include "invocation.h"
#include "report.h"

PG_FUNCTION_INFO_V1(aws_lambda_invoke_json);
PG_FUNCTION_INFO_V1(aws_lambda_invoke_jsonb);
PG_FUNCTION_INFO_V1(aws_lambda_invoke_composite_json);
PG_FUNCTION_INFO_V1(aws_lambda_invoke_composite_jsonb);

/* Made once per process and payload type: status_code, payload, executed_version, log_result. */
static TupleDesc
result_descriptor(PayloadType type)
{
	static TupleDesc descriptors[PAYLOAD_JSONB + 1];

	if (descriptors[type] == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
		TupleDesc descriptor = CreateTemplateTupleDesc(4);

		TupleDescInitEntry(descriptor, 1, "status_code", INT4OID, -1, 0);
		TupleDescInitEntry(descriptor, 2, "payload", type == PAYLOAD_JSON ? JSONOID : JSONBOID, -1, 0);
		TupleDescInitEntry(descriptor, 3, "executed_version", TEXTOID, -1, 0);
		TupleDescInitEntry(descriptor, 4, "log_result", TEXTOID, -1, 0);
		descriptors[type] = BlessTupleDesc(descriptor);
		MemoryContextSwitchTo(caller);
	}
	return descriptors[type];
}

static Datum
text_result(FrameText text, bool *isnull)
{
	*isnull = text.data == NULL;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(from_utf8(text));
}

/* Uses the input function of the type, which checks what the Lambda function returned. */
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
	Datum values[4];
	bool nulls[4] = {false};

	values[0] = Int32GetDatum(reply->status_code);
	values[1] = json_result(reply->payload, type, &nulls[1]);
	values[2] = text_result(reply->executed_version, &nulls[2]);
	values[3] = text_result(reply->log_result, &nulls[3]);
	return HeapTupleGetDatum(heap_form_tuple(result_descriptor(type), values, nulls));
}

/* Aurora's functions are LANGUAGE sql functions, which appears as CONTEXT in every error. */
static void
add_error_context(void *arg)
{
	errcontext("SQL function \"%s\" statement %d", "invoke", 1);
}

/* Decides whether, and as whom, the current user may make the call. */
static void
authorize(InvokeRequest *request)
{
	guard_require(request);
	request->identity = current_identity();
}

static Datum
carry_out(InvokeRequest *request, PayloadType type, FrameReply *reply)
{
	/* Rules may have changed while it waited. */
	if (invocation_waits_for_place(request))
		authorize(request);
	bridge_invoke(request, reply);
	if (reply->type == FRAME_ERROR)
		report_bridge_error(reply);
	return build_result(reply, type);
}

static Datum
invoke(FunctionCallInfo fcinfo, Form form, PayloadType type)
{
	ErrorContextCallback error_context = {.previous = error_context_stack, .callback = add_error_context};
	InvokeRequest request;
	FrameReply reply;
	Datum result;

	error_context_stack = &error_context;
	request = request_from_arguments(fcinfo, form, type);
	authorize(&request);
	invocation_begins(&request);
	PG_TRY();
	{
		result = carry_out(&request, type, &reply);
	}
	PG_CATCH();
	{
		invocation_fails(&request, geterrcode());
		PG_RE_THROW();
	}
	PG_END_TRY();
	invocation_succeeds(&request, &reply);
	bridge_release_reply();
	error_context_stack = error_context.previous;
	return result;
}

Datum
aws_lambda_invoke_json(PG_FUNCTION_ARGS)
{
	return invoke(fcinfo, FORM_TEXT, PAYLOAD_JSON);
}

Datum
aws_lambda_invoke_jsonb(PG_FUNCTION_ARGS)
{
	return invoke(fcinfo, FORM_TEXT, PAYLOAD_JSONB);
}

Datum
aws_lambda_invoke_composite_json(PG_FUNCTION_ARGS)
{
	return invoke(fcinfo, FORM_COMPOSITE, PAYLOAD_JSON);
}

Datum
aws_lambda_invoke_composite_jsonb(PG_FUNCTION_ARGS)
{
	return invoke(fcinfo, FORM_COMPOSITE, PAYLOAD_JSONB);
}
