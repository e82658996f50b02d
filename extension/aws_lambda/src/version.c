/*
  * daybreak.version returns the version of Daybreak that this library belongs to. The extension daybreak declares it; the extversion of
  * aws_lambda is Aurora's.
  */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(daybreak_version);

Datum
daybreak_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(DAYBREAK_VERSION));
}
