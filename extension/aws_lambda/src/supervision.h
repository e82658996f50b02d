/*
  * What the supervisor of the bridge tells in shared memory.
  */
#ifndef AWS_LAMBDA_SUPERVISION_H
#define AWS_LAMBDA_SUPERVISION_H

#include "postgres.h"

#include "datatype/timestamp.h"

typedef struct Supervision
{
	int supervisor_pid; /* 0: none runs */
	int bridge_pid;     /* 0: none runs */
	TimestampTz bridge_since;
	int64 starts; /* of a bridge, since the server started */
} Supervision;

/* For shared.c. */
extern Size supervision_size(void);
extern void supervision_start_up(void);

/* For the supervisor; without shared memory they do nothing. */
extern void supervision_begins(void);
extern void supervision_ends(void);
extern void supervision_bridge_started(int pid);
extern void supervision_bridge_ended(void);

/* Counts the sessions that a bridge has welcomed, for those that wait. Without shared memory it stays 0. */
extern void supervision_welcome(void);
extern uint64 supervision_welcomed(void);

/* Returns false without shared memory. */
extern bool supervision_read(Supervision *to);

#endif
