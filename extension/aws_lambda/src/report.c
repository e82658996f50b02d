#include "compat.h"

#include "encoding.h"
#include "errors.h"
#include "report.h"

/* docs/errors.md lists the texts. Hints say what to do next. */
#define HINT_SAME_RELEASE "Install the extension and the bridge of one release, and restart the server."
#define HINT_MAY_HAVE_RUN "The request was sent and is not repeated: the function may have run."

static void
report(int sqlstate, const char *message, const char *detail, const char *hint)
{
	ereport(ERROR, errcode(sqlstate), errmsg_internal("%s", message), detail == NULL ? 0 : errdetail_internal("%s", detail),
		hint == NULL ? 0 : errhint("%s", hint));
}

/* Reporting itself must not fail. */
static char *
error_text(FrameText text)
{
	return text.data == NULL ? NULL : readable_text(text);
}

void
report_bridge_error(const FrameReply *reply)
{
	const char *state = reply->sqlstate.data;

	report(MAKE_SQLSTATE(state[0], state[1], state[2], state[3], state[4]), error_text(reply->message), error_text(reply->detail),
		error_text(reply->hint));
	pg_unreachable();
}

void
report_protocol_error(const char *detail)
{
	report(ERRCODE_LM_PROTOCOL, "aws_lambda bridge: protocol error", detail, HINT_SAME_RELEASE);
	pg_unreachable();
}

void
report_no_common_version(const char *detail)
{
	report(ERRCODE_LM_VERSION, "aws_lambda bridge: no common protocol version", detail, HINT_SAME_RELEASE);
	pg_unreachable();
}

void
report_unavailable(const char *detail, const char *hint)
{
	report(ERRCODE_LM_BRIDGE_UNAVAILABLE, "aws_lambda bridge is not available", detail, hint);
	pg_unreachable();
}

void
report_connection_lost(const char *detail, bool may_have_run)
{
	report(ERRCODE_LM_CONNECTION_LOST, "connection to the aws_lambda bridge was lost", detail, may_have_run ? HINT_MAY_HAVE_RUN : NULL);
	pg_unreachable();
}

void
report_no_answer(long waited_ms, bool may_have_run)
{
	report(ERRCODE_LM_NO_ANSWER, "no answer from the aws_lambda bridge", psprintf("The bridge did not answer within %ld ms.", waited_ms),
		may_have_run ? HINT_MAY_HAVE_RUN : NULL);
	pg_unreachable();
}

void
report_too_large(uint64_t size)
{
	report(ERRCODE_LM_TOO_LARGE, "invoke API failed", psprintf("The arguments hold " UINT64_FORMAT " bytes.", size),
		"Lambda accepts a payload of 6291456 bytes, or 1048576 for Event.");
	pg_unreachable();
}

void
report_too_many(const char *detail)
{
	report(ERRCODE_LM_TOO_MANY_IN_FLIGHT, "too many invocations in flight", detail,
		"Nothing was sent. Try again later, or wait longer: aws_lambda.in_flight_wait_ms.");
	pg_unreachable();
}
