/*
 * SQL arguments as a request to the bridge.
 */
#ifndef AWS_LAMBDA_ARGUMENTS_H
#define AWS_LAMBDA_ARGUMENTS_H

#include "postgres.h"

#include "fmgr.h"

#include "frame.h"

/* How the function is named: by text, or by aws_commons._lambda_function_arn_1. */
typedef enum Form
{
	FORM_TEXT,
	FORM_COMPOSITE
} Form;

typedef enum PayloadType
{
	PAYLOAD_JSON,
	PAYLOAD_JSONB
} PayloadType;

/* Texts point into the arguments, or are made in the current memory context. */
extern InvokeRequest request_from_arguments(FunctionCallInfo fcinfo, Form form, PayloadType type);

/* Likewise of daybreak.explain_invoke_json; says for which user and database, whatever the arguments. */
extern ExplainRequest explain_request_from_arguments(FunctionCallInfo fcinfo, Form form);

#endif
