/*
  * An untyped :'arn' of psql, which PostgreSQL passes to the text overload as the text of a row: (function_name,region). The bridge reads it
  * as if the composite overload had been called (src/Daybreak.Bridge/Invocation/InvokeArguments.cs).
  */
#ifndef AWS_LAMBDA_ROW_LITERAL_H
#define AWS_LAMBDA_ROW_LITERAL_H

#include "postgres.h"

#include "frame.h"

/*
 * Replaces a row literal by the arguments that it means, so that what a rule is compared with is what is sent. Other requests stay as they
 * are. Returns false when the bridge would refuse it.
 */
extern bool replace_row_literal(InvokeRequest *request);

#endif
