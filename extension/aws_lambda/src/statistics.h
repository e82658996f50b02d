/*
  * Statistics of calls in shared memory: one entry for each target, which is what a call names in one database. Their number is fixed; a
  * new target takes the place of the one that is used least.
  */
#ifndef AWS_LAMBDA_STATISTICS_H
#define AWS_LAMBDA_STATISTICS_H

#include "postgres.h"

#include "datatype/timestamp.h"

#include "frame.h"
#include "histogram.h"
#include "outcome.h"

/* Longer names, which AWS does not accept, are cut. */
#define TARGET_FUNCTION_SIZE 256
#define TARGET_REGION_SIZE 64
#define TARGET_QUALIFIER_SIZE 128

/* What a call names, as it names it, in UTF-8. */
typedef struct Target
{
	Oid database;
	uint16 lengths[3]; /* of function name, Region and qualifier; TARGET_NULL for SQL NULL */
	char texts[TARGET_FUNCTION_SIZE + TARGET_REGION_SIZE + TARGET_QUALIFIER_SIZE]; /* one after the other */
} Target;

#define TARGET_NULL PG_UINT16_MAX

typedef enum TargetText
{
	TARGET_FUNCTION,
	TARGET_REGION,
	TARGET_QUALIFIER
} TargetText;

typedef struct StatCounters
{
	TimestampTz since;
	int64 outcomes[OUTCOME_COUNT];
	int64 bytes_sent; /* of payloads */
	int64 bytes_received;
	int64 timed; /* calls that the times are of */
	double total_ms;
	double min_ms;
	double max_ms;
	int64 buckets[HISTOGRAM_BUCKETS];
} StatCounters;

/* One call that has ended. */
typedef struct CallRecord
{
	Outcome outcome;
	uint32 bytes_sent;
	uint32 bytes_received;
	bool timed; /* not when it was given up before it had a place (limits.h) */
	double duration_ms;
} CallRecord;

/* A copy of an entry. */
typedef struct StatSnapshot
{
	Target target;
	StatCounters counters;
	uint32 in_flight;
} StatSnapshot;

typedef struct StatTotals
{
	int capacity;
	int used;
	int64 evictions;
	int64 untracked; /* calls that found all entries in use by calls in flight */
	TimestampTz since;
} StatTotals;

/* For shared.c. */
extern Size statistics_size(void);
extern void statistics_start_up(void);

/*
 * Returns the number of the target's entry, which stays its own until statistics_call_ends; -1 when the call is not tracked. None of the
 * three raises an error, so that calls are counted on every way out.
 */
extern int statistics_call_begins(const InvokeRequest *request);
extern void statistics_call_ends(int entry, const CallRecord *record);

/* Copies an entry. Returns false when that place is free; places go from 0 to capacity - 1. */
extern bool statistics_read(int entry, StatSnapshot *to);
extern StatTotals statistics_totals(void);

/* Forgets all entries, or those of a function in a database. Returns how many. Calls in flight are counted when they end. */
extern int64 statistics_reset_all(void);
extern int64 statistics_reset_function(Oid database, FrameText function_name);

/* A text of a target; its data is NULL for SQL NULL. */
extern FrameText target_text(const Target *target, TargetText which);

#endif
