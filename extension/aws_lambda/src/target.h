/*
  * Which function a call means, as the bridge reads it (src/Daybreak.Bridge/Invocation: InvokeArguments, FunctionName, RegionChoice). Rules
  * are compared with this, so that it does not matter how a caller spells a function. tests/golden/targets.txt holds both sides to the same
  * reading.
  */
#ifndef AWS_LAMBDA_TARGET_H
#define AWS_LAMBDA_TARGET_H

#include "frame.h"

/* Texts point into the request. data == NULL: the call does not say. */
typedef struct CallTarget
{
	FrameText region;    /* NULL: that of the bridge's environment */
	FrameText account;   /* NULL: that of the credentials */
	FrameText name;      /* never NULL */
	FrameText qualifier; /* NULL: none, which means $LATEST */
} CallTarget;

/*
 * Returns false when the function's name has no form that the bridge accepts, or contradicts itself. An untyped row literal must have been
 * replaced (row_literal.h).
 */
extern bool target_of_request(const InvokeRequest *request, CallTarget *target);

/* aws, aws-cn, aws-us-gov and so on. */
extern const char *partition_of_region(FrameText region);

/* Whether a text has exactly these characters. */
extern bool text_is(FrameText text, const char *word);

#endif
