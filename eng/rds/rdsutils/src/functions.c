/*
 * No function of a user's runs with the rights of a superuser: not as an operator that a script, a background worker (that of pg_cron works
 * in the user's database, with its search_path) or rdsadmin itself looks up, not as a trigger, not in an index that autovacuum looks at.
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
 * Whoever logged in as rdsadmin is the superuser again at will, whatever role a database's settings (ALTER DATABASE … SET role) gave the
 * session; not where PostgreSQL itself has changed the user, and keeps it: for maintenance, and within SECURITY DEFINER.
 */
static bool
is_superuser_at_will(void)
{
	return superuser() || (superuser_arg(GetAuthenticatedUserId()) && !InLocalUserIdChange() && !InSecurityRestrictedOperation());
}

/* Those of event triggers are skipped. */
static bool
is_judged(Oid function)
{
	return function >= FirstNormalObjectId && IsUnderPostmaster && is_superuser_at_will() && !is_for_event_triggers(function);
}

/* PostgreSQL asks for functions that are looked up to be run, or to be put into a query in place of their call ... */
static bool
needs_hook(Oid function)
{
	if (is_judged(function))
		check_owner(function);
	return next_needs_hook ? next_needs_hook(function) : false;
}

/* ... but not for those with settings, nor for SECURITY DEFINER, which is the owner's user here already. */
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
