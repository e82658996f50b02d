#include "patience.h"

#include "supervision.h"

#define LONGEST_FACTOR 12

Patience
patience_begin(long limit_ms)
{
	return (Patience){
		.deadline = deadline_after(limit_ms), .longest = deadline_after(limit_ms * LONGEST_FACTOR), .welcomed = supervision_welcomed()};
}

bool
patience_is_over(Patience *patience)
{
	uint64 welcomed;

	if (deadline_left_ms(&patience->deadline) > 0)
		return false;
	welcomed = supervision_welcomed();
	if (welcomed == patience->welcomed || deadline_left_ms(&patience->longest) == 0)
		return true;
	patience->deadline = deadline_after(Min(patience->deadline.limit_ms, deadline_left_ms(&patience->longest)));
	patience->welcomed = welcomed;
	return false;
}
