#include "supervision.h"

#include "miscadmin.h"
#include "port/atomics.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "utils/timestamp.h"

typedef struct SharedSupervision
{
	slock_t mutex;
	Supervision told;
	pg_atomic_uint64 welcomed;
} SharedSupervision;

static SharedSupervision *shared = NULL; /* NULL without shared memory */

Size
supervision_size(void)
{
	return sizeof(SharedSupervision);
}

void
supervision_start_up(void)
{
	bool found;

	shared = ShmemInitStruct("aws_lambda supervision", supervision_size(), &found);
	if (found)
		return;
	memset(shared, 0, sizeof *shared);
	SpinLockInit(&shared->mutex);
	pg_atomic_init_u64(&shared->welcomed, 0);
}

static void
tell_supervisor(int pid)
{
	if (shared == NULL)
		return;
	SpinLockAcquire(&shared->mutex);
	shared->told.supervisor_pid = pid;
	shared->told.bridge_pid = 0;
	SpinLockRelease(&shared->mutex);
}

void
supervision_begins(void)
{
	tell_supervisor(MyProcPid);
}

void
supervision_ends(void)
{
	tell_supervisor(0);
}

void
supervision_bridge_started(int pid)
{
	TimestampTz now = GetCurrentTimestamp();

	if (shared == NULL)
		return;
	SpinLockAcquire(&shared->mutex);
	shared->told.bridge_pid = pid;
	shared->told.bridge_since = now;
	shared->told.starts++;
	SpinLockRelease(&shared->mutex);
}

void
supervision_bridge_ended(void)
{
	if (shared == NULL)
		return;
	SpinLockAcquire(&shared->mutex);
	shared->told.bridge_pid = 0;
	SpinLockRelease(&shared->mutex);
}

void
supervision_welcome(void)
{
	if (shared != NULL)
		(void) pg_atomic_fetch_add_u64(&shared->welcomed, 1);
}

uint64
supervision_welcomed(void)
{
	return shared != NULL ? pg_atomic_read_u64(&shared->welcomed) : 0;
}

bool
supervision_read(Supervision *to)
{
	if (shared == NULL)
		return false;
	SpinLockAcquire(&shared->mutex);
	*to = shared->told;
	SpinLockRelease(&shared->mutex);
	return true;
}
