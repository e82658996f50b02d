#include "compat.h"

#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "port/atomics.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "utils/timestamp.h"

#include "settings.h"
#include "shared.h"
#include "statistics.h"

#define NONE (-1)

typedef struct StatEntry
{
	/* Changed with the exclusive lock only. */
	bool used;
	uint32 hash;
	int next; /* in its bucket, or on the list of free entries */
	Target target;

	slock_t mutex; /* protects what follows */
	StatCounters counters;
} StatEntry;

/*
 * Beside the entries, so that the search for the one used least reads little memory. An entry with a call in flight stays where it is: with
 * the shared lock calls begin, without any lock they end, with the exclusive lock entries without calls go.
 */
typedef struct StatUse
{
	pg_atomic_uint64 recent; /* calls, halved from time to time */
	pg_atomic_uint32 in_flight;
} StatUse;

typedef struct StatTable
{
	/* Changed with the exclusive lock only, but for the atomic numbers. */
	int capacity;
	int used;
	int free;
	int until_aging; /* evictions */
	TimestampTz since;
	pg_atomic_uint64 evictions;
	pg_atomic_uint64 untracked;
} StatTable;

static StatTable *table = NULL; /* NULL without shared memory */
static int *buckets;            /* as many as entries: the first entry of each */
static StatUse *uses;
static StatEntry *entries;

/* ---- memory ---- */

#define TABLE_SIZE CACHELINEALIGN(sizeof(StatTable))

static Size
buckets_size(void)
{
	return CACHELINEALIGN(mul_size(setting_stat_max, sizeof(int)));
}

static Size
uses_size(void)
{
	return CACHELINEALIGN(mul_size(setting_stat_max, sizeof(StatUse)));
}

Size
statistics_size(void)
{
	return add_size(TABLE_SIZE + buckets_size() + uses_size(), mul_size(setting_stat_max, sizeof(StatEntry)));
}

void
statistics_start_up(void)
{
	bool found;
	char *start = ShmemInitStruct("aws_lambda statistics", statistics_size(), &found);

	table = (StatTable *) start;
	buckets = (int *) (start + TABLE_SIZE);
	uses = (StatUse *) (start + TABLE_SIZE + buckets_size());
	entries = (StatEntry *) (start + TABLE_SIZE + buckets_size() + uses_size());
	if (found)
		return;
	table->capacity = setting_stat_max;
	table->used = 0;
	table->until_aging = table->capacity;
	table->since = GetCurrentTimestamp();
	table->free = table->capacity > 0 ? 0 : NONE;
	pg_atomic_init_u64(&table->evictions, 0);
	pg_atomic_init_u64(&table->untracked, 0);
	for (int i = 0; i < table->capacity; i++)
	{
		buckets[i] = NONE;
		pg_atomic_init_u32(&uses[i].in_flight, 0);
		pg_atomic_init_u64(&uses[i].recent, 0);
		entries[i].used = false;
		entries[i].next = i + 1 < table->capacity ? i + 1 : NONE;
		SpinLockInit(&entries[i].mutex);
	}
}

/* ---- targets ---- */

static char *
add_text(Target *target, TargetText which, FrameText text, uint32 size, char *at)
{
	uint32 length = text.length;

	if (text.data == NULL)
	{
		target->lengths[which] = TARGET_NULL;
		return at;
	}
	if (length > size)
		length = pg_encoding_mbcliplen(PG_UTF8, text.data, length, size);
	target->lengths[which] = length;
	memcpy(at, text.data, length);
	return at + length;
}

/* Returns the number of bytes of its texts. */
static int
make_target(const InvokeRequest *request, Target *target)
{
	char *end = target->texts;

	target->database = MyDatabaseId;
	end = add_text(target, TARGET_FUNCTION, request->function_name, TARGET_FUNCTION_SIZE, end);
	end = add_text(target, TARGET_REGION, request->region, TARGET_REGION_SIZE, end);
	end = add_text(target, TARGET_QUALIFIER, request->qualifier, TARGET_QUALIFIER_SIZE, end);
	return end - target->texts;
}

static uint32
hash_target(const Target *target, int length)
{
	return hash_bytes((const unsigned char *) target->texts, length) ^ hash_bytes_uint32(target->database);
}

static bool
targets_equal(const Target *one, const Target *other, int length)
{
	return one->database == other->database && memcmp(one->lengths, other->lengths, sizeof one->lengths) == 0 &&
		   memcmp(one->texts, other->texts, length) == 0;
}

FrameText
target_text(const Target *target, TargetText which)
{
	FrameText text = {target->texts, 0};

	for (int i = 0; i < which; i++)
		if (target->lengths[i] != TARGET_NULL)
			text.data += target->lengths[i];
	if (target->lengths[which] != TARGET_NULL)
		text.length = target->lengths[which];
	else
		text.data = NULL;
	return text;
}

/* ---- entries come and go: with the exclusive lock ---- */

static void
clear_counters(StatEntry *entry)
{
	TimestampTz now = GetCurrentTimestamp();

	SpinLockAcquire(&entry->mutex);
	memset(&entry->counters, 0, sizeof entry->counters);
	entry->counters.since = now;
	SpinLockRelease(&entry->mutex);
}

static void
remove_entry(int number)
{
	StatEntry *entry = &entries[number];
	int *link = &buckets[entry->hash % table->capacity];

	while (*link != number)
		link = &entries[*link].next;
	*link = entry->next;
	entry->used = false;
	entry->next = table->free;
	table->free = number;
	table->used--;
}

/* Lets those that were called much long ago fall behind those that are called now. */
static void
age(void)
{
	if (--table->until_aging > 0)
		return;
	table->until_aging = table->capacity;
	for (int i = 0; i < table->capacity; i++)
		pg_atomic_write_u64(&uses[i].recent, pg_atomic_read_u64(&uses[i].recent) / 2);
}

/* Frees the entry used least. Returns false when all have calls in flight. */
static bool
evict(void)
{
	int victim = NONE;
	uint64 least = PG_UINT64_MAX;

	for (int i = 0; i < table->capacity; i++)
	{
		uint64 recent = pg_atomic_read_u64(&uses[i].recent);

		if ((victim == NONE || recent < least) && pg_atomic_read_u32(&uses[i].in_flight) == 0)
		{
			victim = i;
			least = recent;
		}
	}
	if (victim == NONE)
		return false;
	remove_entry(victim);
	pg_atomic_fetch_add_u64(&table->evictions, 1);
	age();
	return true;
}

static int
add_entry(const Target *target, uint32 hash, int length)
{
	int number;
	StatEntry *entry;

	if (table->free == NONE && !evict())
		return NONE;
	number = table->free;
	entry = &entries[number];
	table->free = entry->next;
	table->used++;
	entry->used = true;
	entry->hash = hash;
	memcpy(&entry->target, target, offsetof(Target, texts) + length);
	entry->next = buckets[hash % table->capacity];
	buckets[hash % table->capacity] = number;
	pg_atomic_write_u64(&uses[number].recent, 0);
	clear_counters(entry);
	return number;
}

/* ---- calls ---- */

static int
find_entry(const Target *target, uint32 hash, int length)
{
	int number = buckets[hash % table->capacity];

	while (number != NONE && !(entries[number].hash == hash && targets_equal(&entries[number].target, target, length)))
		number = entries[number].next;
	return number;
}

static void
note_begin(int number)
{
	pg_atomic_fetch_add_u32(&uses[number].in_flight, 1);
	pg_atomic_fetch_add_u64(&uses[number].recent, 1);
}

int
statistics_call_begins(const InvokeRequest *request)
{
	LWLock *lock;
	Target target;
	int length, number;
	uint32 hash;

	if (table == NULL || table->capacity == 0)
		return NONE;
	lock = shared_lock(SHARED_LOCK_STATISTICS);
	length = make_target(request, &target);
	hash = hash_target(&target, length);
	LWLockAcquire(lock, LW_SHARED);
	number = find_entry(&target, hash, length);
	if (number == NONE)
	{
		LWLockRelease(lock);
		LWLockAcquire(lock, LW_EXCLUSIVE);
		number = find_entry(&target, hash, length);
		if (number == NONE)
			number = add_entry(&target, hash, length);
	}
	if (number != NONE)
		note_begin(number);
	LWLockRelease(lock);
	if (number == NONE)
		pg_atomic_fetch_add_u64(&table->untracked, 1);
	return number;
}

static void
add_duration(StatCounters *counters, double duration_ms, int bucket)
{
	if (counters->timed == 0 || duration_ms < counters->min_ms)
		counters->min_ms = duration_ms;
	if (duration_ms > counters->max_ms)
		counters->max_ms = duration_ms;
	counters->timed++;
	counters->total_ms += duration_ms;
	counters->buckets[bucket]++;
}

void
statistics_call_ends(int number, const CallRecord *record)
{
	StatEntry *entry;
	StatCounters *counters;
	int bucket = histogram_bucket(record->duration_ms);

	if (number == NONE)
		return;
	entry = &entries[number];
	counters = &entry->counters;
	SpinLockAcquire(&entry->mutex);
	counters->outcomes[record->outcome]++;
	counters->bytes_sent += record->bytes_sent;
	counters->bytes_received += record->bytes_received;
	if (record->timed)
		add_duration(counters, record->duration_ms, bucket);
	SpinLockRelease(&entry->mutex);
	/* From here on the entry may be another target's. */
	pg_atomic_fetch_sub_u32(&uses[number].in_flight, 1);
}

/* ---- reading and resetting ---- */

bool
statistics_read(int number, StatSnapshot *to)
{
	LWLock *lock = shared_lock(SHARED_LOCK_STATISTICS);
	StatEntry *entry = &entries[number];
	bool used;

	LWLockAcquire(lock, LW_SHARED);
	used = entry->used;
	if (used)
	{
		to->target = entry->target;
		to->in_flight = pg_atomic_read_u32(&uses[number].in_flight);
		SpinLockAcquire(&entry->mutex);
		to->counters = entry->counters;
		SpinLockRelease(&entry->mutex);
	}
	LWLockRelease(lock);
	return used;
}

StatTotals
statistics_totals(void)
{
	LWLock *lock = shared_lock(SHARED_LOCK_STATISTICS);
	StatTotals totals;

	LWLockAcquire(lock, LW_SHARED);
	totals.capacity = table->capacity;
	totals.used = table->used;
	totals.since = table->since;
	totals.evictions = pg_atomic_read_u64(&table->evictions);
	totals.untracked = pg_atomic_read_u64(&table->untracked);
	LWLockRelease(lock);
	return totals;
}

/* With the exclusive lock, in which no call begins. */
static void
reset_entry(int number)
{
	if (pg_atomic_read_u32(&uses[number].in_flight) == 0)
		remove_entry(number);
	else
		clear_counters(&entries[number]);
}

int64
statistics_reset_all(void)
{
	LWLock *lock = shared_lock(SHARED_LOCK_STATISTICS);
	int64 count = 0;

	LWLockAcquire(lock, LW_EXCLUSIVE);
	for (int i = 0; i < table->capacity; i++)
		if (entries[i].used)
		{
			reset_entry(i);
			count++;
		}
	pg_atomic_write_u64(&table->evictions, 0);
	pg_atomic_write_u64(&table->untracked, 0);
	table->since = GetCurrentTimestamp();
	LWLockRelease(lock);
	return count;
}

int64
statistics_reset_function(Oid database, FrameText function_name)
{
	LWLock *lock = shared_lock(SHARED_LOCK_STATISTICS);
	int64 count = 0;

	LWLockAcquire(lock, LW_EXCLUSIVE);
	for (int i = 0; i < table->capacity; i++)
	{
		FrameText named = target_text(&entries[i].target, TARGET_FUNCTION);

		if (!entries[i].used || entries[i].target.database != database || named.data == NULL || named.length != function_name.length ||
			memcmp(named.data, function_name.data, named.length) != 0)
			continue;
		reset_entry(i);
		count++;
	}
	LWLockRelease(lock);
	return count;
}
