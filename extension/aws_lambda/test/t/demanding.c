/*
  * A library that, like Citus, refuses to be loaded after one that has taken a hook of the planner, the executor or utility commands.
  */
#include "postgres.h"

#include "commands/explain.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "optimizer/paths.h"
#include "optimizer/plancat.h"
#include "optimizer/planner.h"
#include "parser/analyze.h"
#include "tcop/utility.h"

PG_MODULE_MAGIC;

void _PG_init(void);

void
_PG_init(void)
{
	if (planner_hook != NULL || ProcessUtility_hook != NULL || ExecutorStart_hook != NULL || ExecutorRun_hook != NULL ||
		ExecutorEnd_hook != NULL || post_parse_analyze_hook != NULL || set_rel_pathlist_hook != NULL || get_relation_info_hook != NULL ||
		emit_log_hook != NULL)
		ereport(FATAL, errmsg("\"demanding\" has to be loaded first"));
}
