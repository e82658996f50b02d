/*
  * Event triggers of members of rds_superuser run with the rights of the user whose statement fires them, as in any PostgreSQL. They are
  * skipped when that user is a superuser, as within scripts of extensions, and in sessions of rdsadmin. Otherwise their functions, which
  * are a user's, would run as superuser.
  */
#include "rules.h"

#include "access/htup_details.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#if PG_VERSION_NUM < 140000
#define EVENT_TRIGGEROID EVTTRIGGEROID
#endif

static needs_fmgr_hook_type next_needs_hook = NULL;
static fmgr_hook_type next_hook = NULL;

/* Whether the statement is a superuser's. When a SECURITY DEFINER function starts, the current user is already its owner. */
static bool is_statement_of_superuser = false;

bool
begin_statement(void)
{
	bool outer = is_statement_of_superuser;

	is_statement_of_superuser = superuser();
	return outer;
}

void
end_statement(bool outer)
{
	is_statement_of_superuser = outer;
}

bool
is_for_event_triggers(Oid function)
{
	return get_func_rettype(function) == EVENT_TRIGGEROID;
}

static bool
needs_hook(Oid function)
{
	return (next_needs_hook != NULL && next_needs_hook(function)) || is_for_event_triggers(function);
}

static bool
is_of_superuser(Oid function)
{
	HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	Oid owner = HeapTupleIsValid(tuple) ? ((Form_pg_proc) GETSTRUCT(tuple))->proowner : InvalidOid;

	if (HeapTupleIsValid(tuple))
		ReleaseSysCache(tuple);
	return OidIsValid(owner) && superuser_arg(owner);
}

static bool
is_skipped(Oid function)
{
	return GetAuthenticatedUserId() == BOOTSTRAP_SUPERUSERID || ((is_statement_of_superuser || superuser()) && !is_of_superuser(function));
}

static Datum
skip(PG_FUNCTION_ARGS)
{
	PG_RETURN_VOID();
}

static void
hook(FmgrHookEventType event, FmgrInfo *function, Datum *private)
{
	if (event == FHET_START && is_for_event_triggers(function->fn_oid) && is_skipped(function->fn_oid))
		function->fn_addr = skip;
	if (next_hook)
		next_hook(event, function, private);
}

void
install_event_triggers(void)
{
	next_needs_hook = needs_fmgr_hook;
	needs_fmgr_hook = needs_hook;
	next_hook = fmgr_hook;
	fmgr_hook = hook;
}
