#include "patience.h"

#include "supervision.h"

Patience
patience_begin(long limit_ms, long longest_ms)
{
	return (Patience){.deadline = deadline_after(limit_ms), .longest = deadline_after(longest_ms), .welcomed = supervision_welcomed()};
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
