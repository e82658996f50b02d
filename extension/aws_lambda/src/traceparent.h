/*
  * The W3C trace context that a call belongs to: https://www.w3.org/TR/trace-context/#traceparent-header
  */
#ifndef AWS_LAMBDA_TRACEPARENT_H
#define AWS_LAMBDA_TRACEPARENT_H

#include "postgres.h"

#include "frame.h"
#include "utils/guc.h"

/* The check hook of aws_lambda.traceparent. */
extern bool check_traceparent(char **value, void **extra, GucSource source);

/*
 * The traceparent in a comment at the end or the start of the client's statement, as sqlcommenter writes it, else that of the setting.
 * data == NULL: there is none. It points into the statement or the setting.
 */
extern FrameText current_traceparent(void);

#endif
