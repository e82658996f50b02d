#include "compat.h"

#include "portability/instr_time.h"
#include "storage/ipc.h"

#include "encoding.h"
#include "invocation.h"
#include "limits.h"
#include "settings.h"
#include "statistics.h"

/* The call that this process is making; a call never leads to another one within it. */
static struct
{
	bool open;
	bool has_place;
	int entry;
	uint32 bytes_sent;
	instr_time start;
} call;

static double
elapsed_ms(void)
{
	instr_time now;

	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, call.start);
	return INSTR_TIME_GET_MILLISEC(now);
}

static CallRecord
close_call(Outcome outcome, uint32 bytes_received)
{
	CallRecord record = {
		.outcome = outcome,
		.bytes_sent = call.has_place ? call.bytes_sent : 0,
		.bytes_received = bytes_received,
		.timed = call.has_place,
		.duration_ms = call.has_place ? elapsed_ms() : 0,
	};

	call.open = false;
	limits_leave();
	statistics_call_ends(call.entry, &record);
	return record;
}

/* A process that is terminated in the middle of a call unwinds nothing, but gets here. */
static void
close_at_exit(int code, Datum argument)
{
	if (call.open)
		close_call(OUTCOME_CANCEL, 0);
}

/* ---- the log ---- */

static char *
described(const char *what, FrameText text)
{
	return text.data == NULL ? "" : psprintf(", %s \"%s\"", what, readable_text(text));
}

/*
 * Neither the statement nor the context is logged with it: both may contain the payload.
 */
static void
log_call(const InvokeRequest *request, const CallRecord *record, const char *ending)
{
	if (!record->timed || record->duration_ms < setting_log_min_duration_ms)
		return;
	ereport(LOG,
		errmsg_internal("duration: %.3f ms  aws_lambda.invoke: function \"%s\"%s%s, %s", record->duration_ms,
			request->function_name.data != NULL ? readable_text(request->function_name) : "", described("qualifier", request->qualifier),
			described("region", request->region), ending),
		errhidestmt(true), errhidecontext(true));
}

/* ---- begin and end ---- */

static void
close_before_exit(void)
{
	static bool registered = false;

	if (registered)
		return;
	before_shmem_exit(close_at_exit, (Datum) 0);
	registered = true;
}

void
invocation_begins(const InvokeRequest *request)
{
	close_before_exit();
	call.bytes_sent = request->payload.length;
	call.entry = statistics_call_begins(request);
	call.has_place = false;
	call.open = true;
}

bool
invocation_waits_for_place(const InvokeRequest *request)
{
	bool waited = limits_enter(request);

	INSTR_TIME_SET_CURRENT(call.start);
	call.has_place = true;
	return waited;
}

void
invocation_succeeds(const InvokeRequest *request, const FrameReply *reply)
{
	CallRecord record = close_call(OUTCOME_SUCCESS, reply->payload.length);

	if (setting_log_min_duration_ms >= 0)
		log_call(request, &record, psprintf("status %u", reply->status_code));
}

void
invocation_fails(const InvokeRequest *request, int sqlstate)
{
	CallRecord record = close_call(outcome_of_error(sqlstate), 0);

	if (setting_log_min_duration_ms >= 0)
		log_call(request, &record, psprintf("SQLSTATE %s", unpack_sql_state(sqlstate)));
}
