/*
  * Only a session that logged in as rdsadmin may write catalogs directly: no script may, nor a user through a view or rule that a script
  * left behind.
  */
#include "rules.h"

#include "catalog/catalog.h"
#include "catalog/pg_auth_members.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_database.h"
#include "catalog/pg_db_role_setting.h"
#include "catalog/pg_depend.h"
#include "commands/extension.h"
#include "executor/executor.h"
#include "nodes/parsenodes.h"

static ExecutorCheckPerms_hook_type next_check_permissions = NULL;

static bool
decides_who_may(Oid relation)
{
	return relation == AuthIdRelationId || relation == AuthMemRelationId || relation == DatabaseRelationId ||
		   relation == DbRoleSettingRelationId;
}

static void
check_write(Oid relation, AclMode permissions)
{
	AclMode writes = permissions & (ACL_INSERT | ACL_UPDATE | ACL_DELETE);

	if (writes == 0 || !IsCatalogRelationOid(relation))
		return;
	/* The scripts of cube and seg detach support functions that they drop. */
	if (relation == DependRelationId && writes == ACL_UPDATE && creating_extension)
		return;
	refuse(decides_who_may(relation) ? "change roles" : "change catalogs");
}

static bool
#if PG_VERSION_NUM >= 160000
check_permissions(List *tables, List *infos, bool violation_is_error)
#else
check_permissions(List *infos, bool violation_is_error)
#endif
{
	ListCell *cell;

	if (!is_administration())
	{
		foreach(cell, infos)
		{
#if PG_VERSION_NUM >= 160000
			RTEPermissionInfo *info = lfirst(cell);
#else
			RangeTblEntry *info = lfirst(cell);

			if (info->rtekind != RTE_RELATION)
				continue;
#endif
			check_write(info->relid, info->requiredPerms);
		}
	}
#if PG_VERSION_NUM >= 160000
	return next_check_permissions ? next_check_permissions(tables, infos, violation_is_error) : true;
#else
	return next_check_permissions ? next_check_permissions(infos, violation_is_error) : true;
#endif
}

void
install_catalog_rules(void)
{
	next_check_permissions = ExecutorCheckPerms_hook;
	ExecutorCheckPerms_hook = check_permissions;
}
