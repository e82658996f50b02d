/*
 * Loading: puts the rules before every utility statement.
 */
#include "rules.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "tcop/utility.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

static ProcessUtility_hook_type next_process_utility = NULL;

static void
process_utility(PlannedStmt *planned, const char *query,
#if PG_VERSION_NUM >= 140000
				bool read_only_tree,
#endif
				ProcessUtilityContext context, ParamListInfo params, QueryEnvironment *environment,
				DestReceiver *receiver, QueryCompletion *completion)
{
	check_reserved_roles(planned->utilityStmt);
	check_copy(planned->utilityStmt);
	check_extension(planned->utilityStmt);
	check_borrowed_rights(planned->utilityStmt);
	(next_process_utility ? next_process_utility : standard_ProcessUtility) (planned, query,
#if PG_VERSION_NUM >= 140000
																			 read_only_tree,
#endif
																			 context, params, environment, receiver, completion);
	grant_extension(planned->utilityStmt);
}

void
_PG_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("rdsutils must be loaded via shared_preload_libraries")));
	define_rds_settings();
	install_borrowed_rights();
	install_catalog_rules();
	install_function_rules();
	next_process_utility = ProcessUtility_hook;
	ProcessUtility_hook = process_utility;
}
