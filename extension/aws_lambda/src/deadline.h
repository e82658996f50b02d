/*
  * A point in time on the monotonic clock.
  */
#ifndef AWS_LAMBDA_DEADLINE_H
#define AWS_LAMBDA_DEADLINE_H

#include "postgres.h"

#include "portability/instr_time.h"

typedef struct Deadline
{
	instr_time start;
	long limit_ms;
} Deadline;

static inline Deadline
deadline_after(long limit_ms)
{
	Deadline deadline;

	INSTR_TIME_SET_CURRENT(deadline.start);
	deadline.limit_ms = limit_ms;
	return deadline;
}

static inline long
deadline_elapsed_ms(const Deadline *deadline)
{
	instr_time now;

	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, deadline->start);
	return (long) INSTR_TIME_GET_MILLISEC(now);
}

/* Returns 0 when the deadline has passed. */
static inline long
deadline_left_ms(const Deadline *deadline)
{
	long left = deadline->limit_ms - deadline_elapsed_ms(deadline);

	return left > 0 ? left : 0;
}

#endif
