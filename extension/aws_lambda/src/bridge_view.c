/*
  * The function behind daybreak.stat_bridge, which the extension daybreak declares: what the bridge and its supervisor tell of themselves.
  */
#include "compat.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "bridge_error.h"
#include "connection.h"
#include "encoding.h"
#include "settings.h"
#include "supervision.h"

PG_FUNCTION_INFO_V1(daybreak_bridge_status);

enum StatusColumn
{
	STATUS_SUPERVISOR_PID,
	STATUS_BRIDGE_PID,
	STATUS_STARTED,
	STATUS_RESTARTS,
	STATUS_TOLD,
	STATUS_REASON,
	STATUS_COLUMN_COUNT
};

typedef struct Answer
{
	bool runs;
	char *json; /* in the encoding of the database */
} Answer;

static void
ask(void *argument)
{
	Answer *answer = argument;
	FrameReply reply;

	answer->runs = bridge_status(&reply);
	if (!answer->runs)
		return;
	answer->json = pstrdup(from_utf8(reply.status));
	bridge_release_reply();
}

static void
put_supervision(Datum *values, bool *nulls)
{
	Supervision told = {0};
	bool known = supervision_read(&told);

	nulls[STATUS_SUPERVISOR_PID] = told.supervisor_pid == 0;
	values[STATUS_SUPERVISOR_PID] = Int32GetDatum(told.supervisor_pid);
	nulls[STATUS_BRIDGE_PID] = nulls[STATUS_STARTED] = told.bridge_pid == 0;
	values[STATUS_BRIDGE_PID] = Int32GetDatum(told.bridge_pid);
	values[STATUS_STARTED] = TimestampTzGetDatum(told.bridge_since);
	nulls[STATUS_RESTARTS] = !known || bridge_is_external();
	values[STATUS_RESTARTS] = Int64GetDatum(Max(told.starts - 1, 0));
}

/* Returns NULL when the bridge has answered. */
static const char *
reason(const Answer *answer, const ErrorData *error)
{
	if (error != NULL)
		return error->detail == NULL ? psprintf("%s.", error->message) : psprintf("%s: %s", error->message, error->detail);
	if (answer->runs)
		return NULL;
	return psprintf("No bridge accepts connections at \"%s\".", bridge_socket_path());
}

Datum
daybreak_bridge_status(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = begin_rows(fcinfo);
	Answer answer = {0};
	const ErrorData *error = bridge_error_of(ask, &answer);
	const char *why = reason(&answer, error);
	Datum values[STATUS_COLUMN_COUNT];
	bool nulls[STATUS_COLUMN_COUNT] = {false};

	put_supervision(values, nulls);
	nulls[STATUS_TOLD] = answer.json == NULL;
	if (answer.json != NULL)
		values[STATUS_TOLD] = DirectFunctionCall1(json_in, CStringGetDatum(answer.json));
	nulls[STATUS_REASON] = why == NULL;
	if (why != NULL)
		values[STATUS_REASON] = CStringGetTextDatum(why);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	return (Datum) 0;
}
