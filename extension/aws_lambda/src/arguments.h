/*
  * Builds a request to the bridge from SQL arguments.
  */
#ifndef AWS_LAMBDA_ARGUMENTS_H
#define AWS_LAMBDA_ARGUMENTS_H

#include "postgres.h"

#include "access/htup.h"
#include "fmgr.h"

#include "frame.h"

/* How the arguments name the function: as text, or as aws_commons._lambda_function_arn_1. */
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

/* A setting as a text of a request; an empty one is none. */
extern FrameText text_of_setting(const char *value);

/* A text argument, or one of json, which has the same representation. */
extern FrameText text_argument(FunctionCallInfo fcinfo, int argument);

/* The same as a C string in the encoding of the database; empty when it is NULL. */
extern char *string_argument(FunctionCallInfo fcinfo, int argument);

/* An attribute, of type text, of a type of aws_commons. */
extern FrameText text_attribute(HeapTupleHeader row, const char *type, const char *name);

/* database/user/pid, for the bridge's failure log. */
extern FrameText log_context(void);

/* The texts of the request point into the arguments or are allocated in the current memory context. */
extern InvokeRequest request_from_arguments(FunctionCallInfo fcinfo, Form form, PayloadType type);

/* The same for daybreak.explain_invoke_json. User and database are always those of the session, whatever the arguments say. */
extern ExplainRequest explain_request_from_arguments(FunctionCallInfo fcinfo, Form form);

#endif
