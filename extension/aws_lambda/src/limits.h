/*
  * Limits of calls in flight: of the server, of a role, of a function. A call waits for a place a while, and is refused then.
  */
#ifndef AWS_LAMBDA_LIMITS_H
#define AWS_LAMBDA_LIMITS_H

#include "postgres.h"

#include "frame.h"

typedef struct LimitsUse
{
	int in_flight;
	int waiting;
} LimitsUse;

/* For shared.c. */
extern Size limits_size(void);
extern void limits_start_up(void);

/* Takes a place for a call; raises LM012 when there is none in time. limits_leave follows in any case. Returns whether it waited. */
extern bool limits_enter(const InvokeRequest *request);

/* Gives the place back, if this process has or waits for one. Raises no error. */
extern void limits_leave(void);

extern LimitsUse limits_use(void);

#endif
