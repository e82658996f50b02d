#include "bridge_error.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "errors.h"

static bool
is_of_bridge(int sqlstate)
{
	return sqlstate == ERRCODE_LM_PROTOCOL || sqlstate == ERRCODE_LM_VERSION || sqlstate == ERRCODE_LM_BRIDGE_UNAVAILABLE ||
		   sqlstate == ERRCODE_LM_CONNECTION_LOST || sqlstate == ERRCODE_LM_NO_ANSWER;
}

ErrorData *
bridge_error_of(void (*action)(void *), void *argument)
{
	MemoryContext caller = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData *volatile error = NULL;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(caller);
	PG_TRY();
	{
		action(argument);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(caller);
	CurrentResourceOwner = owner;
	if (error != NULL && !is_of_bridge(error->sqlerrcode))
		ReThrowError(error);
	return error;
}
