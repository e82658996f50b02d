/*
 * How long a session waits until the bridge takes it. A bridge that takes other sessions meanwhile is busy, not stuck: when thousands of
 * sessions connect at once on few processors, it gets to each of them only later. The wait then begins again, a few times.
 */
#ifndef AWS_LAMBDA_PATIENCE_H
#define AWS_LAMBDA_PATIENCE_H

#include "postgres.h"

#include "deadline.h"

typedef struct Patience
{
	Deadline deadline;
	Deadline longest; /* that the wait can become */
	uint64 welcomed;  /* sessions, at the start of the deadline */
} Patience;

/* limit_ms: of a wait during which the bridge takes nobody. longest_ms: of any wait */
extern Patience patience_begin(long limit_ms, long longest_ms);

/* True when the wait has to end. Otherwise there is time left. */
extern bool patience_is_over(Patience *patience);

#endif
