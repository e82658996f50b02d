/*
  * The patterns of daybreak.allow: a function's name or ARN with * and ?. docs/guarding.md says what each form matches. This file uses
  * nothing of PostgreSQL.
  */
#ifndef AWS_LAMBDA_PATTERN_H
#define AWS_LAMBDA_PATTERN_H

#include "target.h"

/* Texts point into the pattern or are constants. */
typedef struct Pattern
{
	FrameText partition;
	FrameText region;
	FrameText account;  /* empty: that of the credentials */
	FrameText function; /* NAME[:QUALIFIER] */
} Pattern;

/* Returns NULL, or what is wrong with it: a finished sentence. */
extern const char *read_pattern(FrameText text, Pattern *pattern);

extern bool pattern_matches(const Pattern *pattern, const CallTarget *target);

#endif
