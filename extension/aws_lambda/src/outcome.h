/*
  * How a call ended, as far as statistics tell it apart.
  */
#ifndef AWS_LAMBDA_OUTCOME_H
#define AWS_LAMBDA_OUTCOME_H

#include "postgres.h"

typedef enum Outcome
{
	OUTCOME_SUCCESS,
	OUTCOME_FUNCTION_ERROR, /* the function raised an error, exited or timed out */
	OUTCOME_SERVICE_ERROR,  /* AWS, or the bridge in its place, refused the call or failed */
	OUTCOME_BRIDGE_ERROR,   /* no connection to the endpoint, or a failure of the bridge */
	OUTCOME_THROTTLE,
	OUTCOME_TIMEOUT,
	OUTCOME_LIMITED, /* a limit of calls in flight refused it */
	OUTCOME_CANCEL,  /* the session gave up: cancel, statement_timeout, termination */
	OUTCOME_OTHER    /* an error of PostgreSQL, as of a reply that is not JSON */
} Outcome;

#define OUTCOME_COUNT (OUTCOME_OTHER + 1)

/* The outcome of a call that ended with an error. */
extern Outcome outcome_of_error(int sqlstate);

#endif
