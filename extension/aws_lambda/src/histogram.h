/*
  * A histogram of durations with logarithmic buckets: eight to each doubling, so that a quantile is wrong by 1/16 at most.
  */
#ifndef AWS_LAMBDA_HISTOGRAM_H
#define AWS_LAMBDA_HISTOGRAM_H

#include "postgres.h"

#include "port/pg_bitutils.h"

#define HISTOGRAM_STEP_BITS 3
#define HISTOGRAM_STEPS (1 << HISTOGRAM_STEP_BITS)
#define HISTOGRAM_HIGHEST_BIT 30 /* of a duration in µs: 36 minutes; a call takes half an hour at most */
#define HISTOGRAM_BUCKETS (HISTOGRAM_STEPS * (HISTOGRAM_HIGHEST_BIT - HISTOGRAM_STEP_BITS + 2))

/* Below eight µs each µs has a bucket; from there on the bits below the highest one choose among the buckets of its doubling. */
static inline int
histogram_bucket(double duration_ms)
{
	uint64 us = duration_ms > 0 ? (uint64) (duration_ms * 1000) : 0;
	int shift;

	if (us < HISTOGRAM_STEPS)
		return (int) us;
	shift = pg_leftmost_one_pos64(us) - HISTOGRAM_STEP_BITS;
	if (shift > HISTOGRAM_HIGHEST_BIT - HISTOGRAM_STEP_BITS)
		return HISTOGRAM_BUCKETS - 1;
	return HISTOGRAM_STEPS * shift + (int) (us >> shift);
}

/* The shortest duration that belongs into the bucket, in milliseconds. */
static inline double
histogram_bucket_start(int bucket)
{
	int shift = Max(bucket / HISTOGRAM_STEPS - 1, 0);

	return (double) ((uint64) (bucket - HISTOGRAM_STEPS * shift) << shift) / 1000;
}

/* Returns the middle of the bucket that the given part of all durations does not exceed, in milliseconds. */
static inline double
histogram_quantile(const int64 *buckets, int64 total, double part)
{
	double rank = part * total;
	double seen = 0;
	int bucket = 0;

	for (; bucket < HISTOGRAM_BUCKETS - 1; bucket++)
	{
		seen += buckets[bucket];
		if (seen > 0 && seen >= rank)
			break;
	}
	return (histogram_bucket_start(bucket) + histogram_bucket_start(bucket + 1)) / 2;
}

#endif
