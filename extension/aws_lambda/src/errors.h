/*
  * The SQLSTATEs of class LM that the shim itself raises, or tells apart in its statistics; docs/errors.md lists the whole class.
  *
  * The SQL standard reserves classes that start with 0-4 or A-H, and PostgreSQL uses 5, P, X and Y; L is free.
  */
#ifndef AWS_LAMBDA_ERRORS_H
#define AWS_LAMBDA_ERRORS_H

/* About the request and its outcome. */
#define ERRCODE_LM_UNABLE_TO_CONNECT MAKE_SQLSTATE('L', 'M', '0', '0', '1')
#define ERRCODE_LM_TIMED_OUT MAKE_SQLSTATE('L', 'M', '0', '0', '2')
#define ERRCODE_LM_THROTTLED MAKE_SQLSTATE('L', 'M', '0', '0', '4')
#define ERRCODE_LM_TOO_LARGE MAKE_SQLSTATE('L', 'M', '0', '0', '7')
#define ERRCODE_LM_TOO_MANY_IN_FLIGHT MAKE_SQLSTATE('L', 'M', '0', '1', '2')
#define ERRCODE_LM_ENDPOINT_SILENT MAKE_SQLSTATE('L', 'M', '0', '1', '3')

/* The function's own. */
#define ERRCODE_LM_FUNCTION_ERROR MAKE_SQLSTATE('L', 'M', '1', '0', '0')

/* Between PostgreSQL and the bridge. */
#define ERRCODE_LM_PROTOCOL MAKE_SQLSTATE('L', 'M', '9', '0', '0')
#define ERRCODE_LM_VERSION MAKE_SQLSTATE('L', 'M', '9', '0', '1')
#define ERRCODE_LM_BRIDGE_UNAVAILABLE MAKE_SQLSTATE('L', 'M', '9', '0', '2')
#define ERRCODE_LM_CONNECTION_LOST MAKE_SQLSTATE('L', 'M', '9', '0', '3')
#define ERRCODE_LM_NO_ANSWER MAKE_SQLSTATE('L', 'M', '9', '0', '4')
#define ERRCODE_LM_INTERNAL MAKE_SQLSTATE('L', 'M', '9', '0', '5')

#endif
