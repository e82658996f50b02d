#include "shared.h"

#include "storage/ipc.h"
#include "storage/shmem.h"

#include "limits.h"
#include "statistics.h"
#include "supervision.h"

#define TRANCHE "aws_lambda"

static SharedMemoryRequest previous_request = NULL;
static shmem_startup_hook_type previous_startup = NULL;
static LWLockPadded *locks = NULL; /* NULL without shared memory */

static void
request(void)
{
	if (previous_request != NULL)
		previous_request();
	RequestAddinShmemSpace(statistics_size());
	RequestAddinShmemSpace(supervision_size());
	RequestAddinShmemSpace(limits_size());
	RequestNamedLWLockTranche(TRANCHE, SHARED_LOCK_COUNT);
}

/* Runs at the start of the server, and again when it starts over after a crash of a backend. */
static void
start_up(void)
{
	if (previous_startup != NULL)
		previous_startup();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	locks = GetNamedLWLockTranche(TRANCHE);
	statistics_start_up();
	supervision_start_up();
	limits_start_up();
	LWLockRelease(AddinShmemInitLock);
}

void
request_shared_memory(void)
{
	previous_request = chain_shared_memory_request(request);
	previous_startup = shmem_startup_hook;
	shmem_startup_hook = start_up;
}

LWLock *
shared_lock(SharedLock number)
{
	return &locks[number].lock;
}

void
require_shared_memory(void)
{
	if (locks == NULL)
		ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			errmsg("aws_lambda must be loaded via \"shared_preload_libraries\""),
			errhint("Add aws_lambda to shared_preload_libraries and restart the server."));
}
