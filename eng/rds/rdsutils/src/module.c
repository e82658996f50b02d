/*
  * Loading: installs the rules in front of every utility statement.
  */
#include "rules.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "tcop/utility.h"

PG_MODULE_MAGIC;

void _PG_init(void);

static ProcessUtility_hook_type next_process_utility = NULL;

#if PG_VERSION_NUM >= 140000
#define PARAMETERS                                                                                                                         \
	PlannedStmt *planned, const char *query, bool read_only_tree, ProcessUtilityContext context, ParamListInfo params,                     \
		QueryEnvironment *environment, DestReceiver *receiver, QueryCompletion *completion
#define ARGUMENTS planned, query, read_only_tree, context, params, environment, receiver, completion
#else
#define PARAMETERS                                                                                                                         \
	PlannedStmt *planned, const char *query, ProcessUtilityContext context, ParamListInfo params, QueryEnvironment *environment,           \
		DestReceiver *receiver, QueryCompletion *completion
#define ARGUMENTS planned, query, context, params, environment, receiver, completion
#endif

static void
run(PARAMETERS)
{
	bool outer = begin_statement();

	PG_TRY();
	{
		(next_process_utility ? next_process_utility : standard_ProcessUtility)(ARGUMENTS);
	}
	PG_FINALLY();
	{
		end_statement(outer);
	}
	PG_END_TRY();
}

static void
process_utility(PARAMETERS)
{
	Node *statement = planned->utilityStmt;
	Loan loan;

	if (IsA(statement, TransactionStmt)) /* in an aborted transaction, nothing can be looked up */
	{
		(next_process_utility ? next_process_utility : standard_ProcessUtility)(ARGUMENTS);
		return;
	}
	check_reserved_roles(statement);
	check_copy(statement);
	check_extension(statement);
	check_borrowed_rights(statement);
	check_subscription(statement);
	take_replication_back();
	if (is_lent_to_members(statement))
	{
		loan = lend_to_members(statement);
		run(ARGUMENTS);
		take_back_from_members(statement, loan);
	}
	else
		run(ARGUMENTS);
	grant_extension(statement);
}

void
_PG_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE), errmsg("rdsutils must be loaded via shared_preload_libraries")));
	define_rds_settings();
	install_borrowed_rights();
	install_catalog_rules();
	install_function_rules();
	install_event_triggers();
	install_replication();
	install_peers();
	next_process_utility = ProcessUtility_hook;
	ProcessUtility_hook = process_utility;
}
