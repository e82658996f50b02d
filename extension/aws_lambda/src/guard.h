/*
  * Whether the current user may call a function: once a database has a rule of daybreak.allow, only what a rule gives (docs/guarding.md).
  */
#ifndef AWS_LAMBDA_GUARD_H
#define AWS_LAMBDA_GUARD_H

#include "postgres.h"

#include "frame.h"

/* Why a call is refused: finished texts. statement is the SQL that would allow it; NULL when none would. */
typedef struct GuardRefusal
{
	const char *message;
	const char *detail;
	const char *statement;
} GuardRefusal;

/* Returns false when the user may call it; otherwise says why not. May replace arguments by others that mean the same. */
extern bool guard_refuses(InvokeRequest *request, GuardRefusal *refusal);

/* Raises the refusal as an error. */
extern void guard_require(InvokeRequest *request);

#endif
