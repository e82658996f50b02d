/*
  * No function of a user may run with superuser rights: not as an operator that a script, a background worker (pg_cron's works in the
  * user's database, with its search_path) or rdsadmin itself resolves, not as a trigger, not in an index that autovacuum processes.
  */
#include "rules.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_proc.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/syscache.h"

static needs_fmgr_hook_type next_needs_hook = NULL;
static fmgr_hook_type next_hook = NULL;

static void
check_owner(Oid function)
{
	HeapTuple tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	Form_pg_proc row;

	if (!HeapTupleIsValid(tuple))
		return;
	row = (Form_pg_proc) GETSTRUCT(tuple);
	if (!superuser_arg(row->proowner))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						   errmsg("permission denied to run function \"%s\" as a superuser", NameStr(row->proname)),
						   errdetail("Its owner is no superuser.")));
	ReleaseSysCache(tuple);
}

/*
 * A session that logged in as rdsadmin can become superuser again at any time, whatever role a database's settings (ALTER DATABASE … SET
 * role) gave it. It cannot where PostgreSQL itself has changed the user and keeps it: during maintenance, and within SECURITY DEFINER.
 */
static bool
is_superuser_at_will(void)
{
	return superuser() || (superuser_arg(GetAuthenticatedUserId()) && !InLocalUserIdChange() && !InSecurityRestrictedOperation());
}

/* Functions of event triggers are skipped instead. */
static bool
is_judged(Oid function)
{
	return function >= FirstNormalObjectId && IsUnderPostmaster && is_superuser_at_will() && !is_for_event_triggers(function);
}

/* PostgreSQL asks this hook about functions that are looked up to run, or to be inlined into a query ... */
static bool
needs_hook(Oid function)
{
	if (is_judged(function))
		check_owner(function);
	return next_needs_hook ? next_needs_hook(function) : false;
}

/* ... but not about those with settings, nor about SECURITY DEFINER, which here already runs as the owner. */
static void
hook(FmgrHookEventType event, FmgrInfo *function, Datum *argument)
{
	if (event == FHET_START && is_judged(function->fn_oid))
		check_owner(function->fn_oid);
	if (next_hook)
		next_hook(event, function, argument);
}

void
install_function_rules(void)
{
	next_needs_hook = needs_fmgr_hook;
	needs_fmgr_hook = needs_hook;
	next_hook = fmgr_hook;
	fmgr_hook = hook;
}
