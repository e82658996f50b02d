#include "outcome.h"

#include "errors.h"

Outcome
outcome_of_error(int sqlstate)
{
	switch (sqlstate)
	{
		case ERRCODE_LM_FUNCTION_ERROR:
			return OUTCOME_FUNCTION_ERROR;
		case ERRCODE_LM_THROTTLED:
			return OUTCOME_THROTTLE;
		case ERRCODE_LM_TIMED_OUT:
		case ERRCODE_LM_NO_ANSWER:
			return OUTCOME_TIMEOUT;
		case ERRCODE_LM_TOO_MANY_IN_FLIGHT:
			return OUTCOME_LIMITED;
		case ERRCODE_LM_UNABLE_TO_CONNECT:
		case ERRCODE_LM_ENDPOINT_SILENT:
		case ERRCODE_LM_PROTOCOL:
		case ERRCODE_LM_VERSION:
		case ERRCODE_LM_BRIDGE_UNAVAILABLE:
		case ERRCODE_LM_CONNECTION_LOST:
		case ERRCODE_LM_INTERNAL:
			return OUTCOME_BRIDGE_ERROR;
		default:
			break;
	}
	switch (ERRCODE_TO_CATEGORY(sqlstate))
	{
		case ERRCODE_TO_CATEGORY(ERRCODE_LM_FUNCTION_ERROR):
			return OUTCOME_SERVICE_ERROR;
		case ERRCODE_OPERATOR_INTERVENTION:
		case ERRCODE_TRANSACTION_ROLLBACK: /* a standby's conflict with recovery */
			return OUTCOME_CANCEL;
		default:
			return OUTCOME_OTHER;
	}
}
