#include "compat.h"

#include "common/hashfn.h"
#include "port/atomics.h"
#include "storage/condition_variable.h"
#include "storage/proc.h"
#include "storage/shmem.h"

#include "deadline.h"
#include "encoding.h"
#include "limits.h"
#include "report.h"
#include "row_literal.h"
#include "settings.h"
#include "shared.h"
#include "target.h"

/*
 * Each process has a place of its own, so that none is ever lost. While no limit is set it is taken without a lock; where one is set, the
 * others' places are counted, with the lock, before it is taken. Giving back never takes the lock.
 */
typedef struct Place
{
	pg_atomic_uint64 role; /* and IN_USE; 0: no call in flight */
	pg_atomic_uint64 function;
} Place;

#define IN_USE (UINT64CONST(1) << 32)

typedef struct Places
{
	ConditionVariable given_back;
	pg_atomic_uint32 waiting;
	int count;
	Place places[FLEXIBLE_ARRAY_MEMBER];
} Places;

typedef struct Caller
{
	Oid role;
	uint64 function; /* a hash of its name; 0 while functions have no limit */
	FrameText name;
} Caller;

typedef enum LimitKind
{
	LIMIT_NONE,
	LIMIT_SERVER,
	LIMIT_ROLE,
	LIMIT_FUNCTION
} LimitKind;

static Places *shared = NULL; /* NULL without shared memory */
static Place *mine = NULL;    /* while this process has taken its own */
static bool waiting = false;

Size
limits_size(void)
{
	return add_size(offsetof(Places, places), mul_size(process_limit(), sizeof(Place)));
}

void
limits_start_up(void)
{
	bool found;

	shared = ShmemInitStruct("aws_lambda places", limits_size(), &found);
	if (found)
		return;
	ConditionVariableInit(&shared->given_back);
	pg_atomic_init_u32(&shared->waiting, 0);
	shared->count = process_limit();
	for (int i = 0; i < shared->count; i++)
	{
		pg_atomic_init_u64(&shared->places[i].role, 0);
		pg_atomic_init_u64(&shared->places[i].function, 0);
	}
}

/* ---- taking a place ---- */

static void
take(const Caller *caller)
{
	Place *own = &shared->places[MyProc - ProcGlobal->allProcs];

	pg_atomic_write_u64(&own->function, caller->function);
	pg_atomic_write_u64(&own->role, IN_USE | caller->role);
	mine = own;
}

/* Returns the limit that the caller would exceed. */
static LimitKind
exceeded(const Caller *caller)
{
	int all = 0, of_role = 0, of_function = 0;

	for (int i = 0; i < shared->count; i++)
	{
		uint64 role = pg_atomic_read_u64(&shared->places[i].role);

		if (role == 0)
			continue;
		all++;
		of_role += role == (IN_USE | caller->role);
		of_function += pg_atomic_read_u64(&shared->places[i].function) == caller->function;
	}
	if (setting_max_in_flight > 0 && all >= setting_max_in_flight)
		return LIMIT_SERVER;
	if (setting_max_in_flight_per_role > 0 && of_role >= setting_max_in_flight_per_role)
		return LIMIT_ROLE;
	if (setting_max_in_flight_per_function > 0 && of_function >= setting_max_in_flight_per_function)
		return LIMIT_FUNCTION;
	return LIMIT_NONE;
}

static LimitKind
try_to_take(const Caller *caller)
{
	LWLock *lock = shared_lock(SHARED_LOCK_LIMITS);
	LimitKind limit;

	LWLockAcquire(lock, LW_EXCLUSIVE);
	limit = exceeded(caller);
	if (limit == LIMIT_NONE)
		take(caller);
	LWLockRelease(lock);
	return limit;
}

static void
refuse(const Caller *caller, LimitKind limit, long waited_ms)
{
	const char *who = "the server";
	int places = setting_max_in_flight;
	Setting setting = SETTING_MAX_IN_FLIGHT;

	if (limit == LIMIT_ROLE)
	{
		who = psprintf("role \"%s\"", GetUserNameFromId(caller->role, false));
		places = setting_max_in_flight_per_role;
		setting = SETTING_MAX_IN_FLIGHT_PER_ROLE;
	}
	else if (limit == LIMIT_FUNCTION)
	{
		who = psprintf("function \"%s\"", readable_text(caller->name));
		places = setting_max_in_flight_per_function;
		setting = SETTING_MAX_IN_FLIGHT_PER_FUNCTION;
	}
	report_too_many(
		psprintf("\"%s\" allows %d at once for %s; the call waited %ld ms for a place.", setting_names[setting], places, who, waited_ms));
}

/* Who gives a place back looks whether anybody waits after that; here it is the other way round. */
static void
wait_and_take(const Caller *caller)
{
	static uint32 wait_event = 0;
	Deadline deadline = deadline_after(setting_in_flight_wait_ms);
	LimitKind limit;

	pg_atomic_fetch_add_u32(&shared->waiting, 1);
	waiting = true;
	ConditionVariablePrepareToSleep(&shared->given_back);
	while ((limit = try_to_take(caller)) != LIMIT_NONE)
	{
		long left_ms = deadline_left_ms(&deadline);

		if (left_ms == 0)
			break;
		(void) ConditionVariableTimedSleep(&shared->given_back, left_ms, named_wait_event("AwsLambdaInFlight", &wait_event));
	}
	ConditionVariableCancelSleep();
	if (limit != LIMIT_NONE)
		refuse(caller, limit, setting_in_flight_wait_ms);
	pg_atomic_fetch_sub_u32(&shared->waiting, 1);
	waiting = false;
}

/* However a call spells the function, and whatever the Region or account. */
static void
identify(const InvokeRequest *request, Caller *caller)
{
	InvokeRequest read = *request;
	CallTarget target;

	caller->name = request->function_name;
	if (replace_row_literal(&read) && target_of_request(&read, &target))
		caller->name = target.name;
	caller->function = hash_bytes_extended((const unsigned char *) caller->name.data, caller->name.length, 1) | 1;
}

bool
limits_enter(const InvokeRequest *request)
{
	Caller caller = {.role = GetUserId()};
	LimitKind limit;

	if (shared == NULL)
		return false;
	if (setting_max_in_flight_per_function > 0)
		identify(request, &caller);
	if (setting_max_in_flight == 0 && setting_max_in_flight_per_role == 0 && setting_max_in_flight_per_function == 0)
	{
		take(&caller);
		return false;
	}
	limit = try_to_take(&caller);
	if (limit == LIMIT_NONE)
		return false;
	if (setting_in_flight_wait_ms == 0)
		refuse(&caller, limit, 0);
	wait_and_take(&caller);
	return true;
}

/* ---- giving it back ---- */

void
limits_leave(void)
{
	if (waiting)
		pg_atomic_fetch_sub_u32(&shared->waiting, 1);
	waiting = false;
	if (mine == NULL)
		return;
	pg_atomic_write_u64(&mine->role, 0);
	mine = NULL;
	pg_memory_barrier();
	if (pg_atomic_read_u32(&shared->waiting) > 0)
		ConditionVariableBroadcast(&shared->given_back);
}

LimitsUse
limits_use(void)
{
	LimitsUse use = {0};

	for (int i = 0; i < shared->count; i++)
		use.in_flight += pg_atomic_read_u64(&shared->places[i].role) != 0;
	use.waiting = pg_atomic_read_u32(&shared->waiting);
	return use;
}
