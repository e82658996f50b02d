/*
  * The functions behind daybreak.stat_invocations and what belongs to it, which the extension daybreak declares.
  */
#include "compat.h"

#include "fmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "encoding.h"
#include "limits.h"
#include "shared.h"
#include "statistics.h"

PG_FUNCTION_INFO_V1(daybreak_stat_invocations);
PG_FUNCTION_INFO_V1(daybreak_stat_invocations_info);
PG_FUNCTION_INFO_V1(daybreak_stat_invocations_reset);
PG_FUNCTION_INFO_V1(daybreak_stat_invocations_reset_function);

enum StatColumn
{
	STAT_DATID,
	STAT_FUNCTION_NAME,
	STAT_REGION,
	STAT_QUALIFIER,
	STAT_CALLS,
	STAT_IN_FLIGHT,
	STAT_FUNCTION_ERRORS,
	STAT_SERVICE_ERRORS,
	STAT_BRIDGE_ERRORS,
	STAT_THROTTLES,
	STAT_TIMEOUTS,
	STAT_LIMITED,
	STAT_CANCELS,
	STAT_OTHER_ERRORS,
	STAT_BYTES_SENT,
	STAT_BYTES_RECEIVED,
	STAT_TOTAL_MS,
	STAT_MEAN_MS,
	STAT_MIN_MS,
	STAT_MAX_MS,
	STAT_P50_MS,
	STAT_P90_MS,
	STAT_P99_MS,
	STAT_SINCE,
	STAT_COLUMN_COUNT
};

static int64
calls(const StatCounters *counters)
{
	int64 sum = 0;

	for (int i = 0; i < OUTCOME_COUNT; i++)
		sum += counters->outcomes[i];
	return sum;
}

static void
put_text(const Target *target, TargetText which, Datum *value, bool *isnull)
{
	FrameText text = target_text(target, which);

	*isnull = text.data == NULL;
	if (!*isnull)
		*value = CStringGetTextDatum(readable_text(text));
}

static Datum
quantile(const StatCounters *counters, double part)
{
	double estimate = histogram_quantile(counters->buckets, counters->timed, part);

	return Float8GetDatum(Min(Max(estimate, counters->min_ms), counters->max_ms));
}

static void
put_times(const StatCounters *counters, Datum *values, bool *nulls)
{
	values[STAT_TOTAL_MS] = Float8GetDatum(counters->total_ms);
	if (counters->timed == 0)
	{
		for (int i = STAT_MEAN_MS; i <= STAT_P99_MS; i++)
			nulls[i] = true;
		return;
	}
	values[STAT_MEAN_MS] = Float8GetDatum(counters->total_ms / counters->timed);
	values[STAT_MIN_MS] = Float8GetDatum(counters->min_ms);
	values[STAT_MAX_MS] = Float8GetDatum(counters->max_ms);
	values[STAT_P50_MS] = quantile(counters, 0.5);
	values[STAT_P90_MS] = quantile(counters, 0.9);
	values[STAT_P99_MS] = quantile(counters, 0.99);
}

static void
put_row(ReturnSetInfo *result, const StatSnapshot *snapshot)
{
	const StatCounters *counters = &snapshot->counters;
	Datum values[STAT_COLUMN_COUNT];
	bool nulls[STAT_COLUMN_COUNT] = {false};

	values[STAT_DATID] = ObjectIdGetDatum(snapshot->target.database);
	put_text(&snapshot->target, TARGET_FUNCTION, &values[STAT_FUNCTION_NAME], &nulls[STAT_FUNCTION_NAME]);
	put_text(&snapshot->target, TARGET_REGION, &values[STAT_REGION], &nulls[STAT_REGION]);
	put_text(&snapshot->target, TARGET_QUALIFIER, &values[STAT_QUALIFIER], &nulls[STAT_QUALIFIER]);
	values[STAT_CALLS] = Int64GetDatum(calls(counters));
	values[STAT_IN_FLIGHT] = Int64GetDatum(snapshot->in_flight);
	values[STAT_FUNCTION_ERRORS] = Int64GetDatum(counters->outcomes[OUTCOME_FUNCTION_ERROR]);
	values[STAT_SERVICE_ERRORS] = Int64GetDatum(counters->outcomes[OUTCOME_SERVICE_ERROR]);
	values[STAT_BRIDGE_ERRORS] = Int64GetDatum(counters->outcomes[OUTCOME_BRIDGE_ERROR]);
	values[STAT_THROTTLES] = Int64GetDatum(counters->outcomes[OUTCOME_THROTTLE]);
	values[STAT_TIMEOUTS] = Int64GetDatum(counters->outcomes[OUTCOME_TIMEOUT]);
	values[STAT_LIMITED] = Int64GetDatum(counters->outcomes[OUTCOME_LIMITED]);
	values[STAT_CANCELS] = Int64GetDatum(counters->outcomes[OUTCOME_CANCEL]);
	values[STAT_OTHER_ERRORS] = Int64GetDatum(counters->outcomes[OUTCOME_OTHER]);
	values[STAT_BYTES_SENT] = Int64GetDatum(counters->bytes_sent);
	values[STAT_BYTES_RECEIVED] = Int64GetDatum(counters->bytes_received);
	put_times(counters, values, nulls);
	values[STAT_SINCE] = TimestampTzGetDatum(counters->since);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Who has the grants sees the current database; the others need what PostgreSQL asks for statistics of everybody. */
Datum
daybreak_stat_invocations(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result;
	bool everything;
	int capacity;

	require_shared_memory();
	result = begin_rows(fcinfo);
	everything = has_privs_of_role(GetUserId(), ROLE_PG_READ_ALL_STATS);
	capacity = statistics_totals().capacity;
	for (int i = 0; i < capacity; i++)
	{
		StatSnapshot snapshot;

		CHECK_FOR_INTERRUPTS();
		if (statistics_read(i, &snapshot) && (everything || snapshot.target.database == MyDatabaseId))
			put_row(result, &snapshot);
	}
	return (Datum) 0;
}

Datum
daybreak_stat_invocations_info(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result;
	StatTotals totals;
	LimitsUse use;
	Datum values[7];
	bool nulls[7] = {false};

	require_shared_memory();
	result = begin_rows(fcinfo);
	totals = statistics_totals();
	use = limits_use();
	values[0] = Int32GetDatum(use.in_flight);
	values[1] = Int32GetDatum(use.waiting);
	values[2] = Int32GetDatum(totals.used);
	values[3] = Int32GetDatum(totals.capacity);
	values[4] = Int64GetDatum(totals.evictions);
	values[5] = Int64GetDatum(totals.untracked);
	values[6] = TimestampTzGetDatum(totals.since);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	return (Datum) 0;
}

Datum
daybreak_stat_invocations_reset(PG_FUNCTION_ARGS)
{
	require_shared_memory();
	PG_RETURN_INT64(statistics_reset_all());
}

Datum
daybreak_stat_invocations_reset_function(PG_FUNCTION_ARGS)
{
	text *name = PG_GETARG_TEXT_PP(0);

	require_shared_memory();
	PG_RETURN_INT64(statistics_reset_function(MyDatabaseId, to_utf8(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name))));
}
