/*
  * The shared memory of a server that preloads the library. Without preloading there is none.
  */
#ifndef AWS_LAMBDA_SHARED_H
#define AWS_LAMBDA_SHARED_H

#include "compat.h"

#include "storage/lwlock.h"

/* Called from _PG_init while the server preloads libraries, once the settings are defined. */
extern void request_shared_memory(void);

/* The lock number `number` of ours. */
typedef enum SharedLock
{
	SHARED_LOCK_STATISTICS,
	SHARED_LOCK_LIMITS
} SharedLock;

#define SHARED_LOCK_COUNT (SHARED_LOCK_LIMITS + 1)

extern LWLock *shared_lock(SharedLock number);

/* Raises an error when there is no shared memory. */
extern void require_shared_memory(void);

#endif
