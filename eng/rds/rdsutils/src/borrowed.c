/*
 * Rights of a superuser that a user got within a script of an extension, or a function that it made. Scripts read names through the schema
 * that the user chose, so that an operator of the user's may run in them. Whatever runs there, it makes nobody a superuser, changes no
 * setting of the server and touches no file: only who logged in as rdsadmin does.
 */
#include "rules.h"

#include "access/sysattr.h"
#include "access/transam.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_auth_members.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_database.h"
#include "catalog/pg_db_role_setting.h"
#include "catalog/pg_proc.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/lsyscache.h"

static object_access_hook_type next_object_access = NULL;
static ExecutorCheckPerms_hook_type next_check_permissions = NULL;

static const char *const file_functions[] = {
	"pg_read_file", "pg_read_file_old", "pg_read_binary_file", "pg_ls_dir", "pg_ls_dir_1arg", "pg_stat_file", "pg_stat_file_1arg", "lo_import",
	"lo_export", "be_lo_import", "be_lo_export", NULL
};

static bool
is_borrowed(void)
{
	return IsUnderPostmaster && superuser() && GetAuthenticatedUserId() != BOOTSTRAP_SUPERUSERID;
}

static void
refuse(const char *what)
{
	ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("permission denied to %s", what),
					errdetail("The rights of rdsadmin within scripts of extensions do not reach that far.")));
}

void
check_borrowed_rights(Node *statement)
{
	if (!is_borrowed())
		return;
	switch (nodeTag(statement))
	{
		case T_CreateRoleStmt:
		case T_AlterRoleStmt:
		case T_AlterRoleSetStmt:
		case T_DropRoleStmt:
		case T_GrantRoleStmt:
			refuse("change roles");
			break;
		case T_AlterSystemStmt:
			refuse("change settings of the server");
			break;
		case T_LoadStmt:
			refuse("load a library");
			break;
		default:
			break;
	}
}

static void
object_access(ObjectAccessType access, Oid class, Oid object, int part, void *arguments)
{
	if (access == OAT_FUNCTION_EXECUTE && object < FirstNormalObjectId && is_borrowed())
	{
		char	   *name = get_func_name(object);

		for (const char *const *one = file_functions; name != NULL && *one != NULL; one++)
		{
			if (strcmp(*one, name) == 0)
				refuse("touch files of the server");
		}
	}
	if (next_object_access)
		next_object_access(access, class, object, part, arguments);
}

static bool
decides_who_may(Oid relation)
{
	return relation == AuthIdRelationId || relation == AuthMemRelationId || relation == DatabaseRelationId || relation == DbRoleSettingRelationId;
}

static bool
#if PG_VERSION_NUM >= 160000
check_permissions(List *tables, List *infos, bool violation_is_error)
#else
check_permissions(List *infos, bool violation_is_error)
#endif
{
	ListCell   *cell;

	if (is_borrowed())
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
			if (decides_who_may(info->relid) && (info->requiredPerms & (ACL_INSERT | ACL_UPDATE | ACL_DELETE)))
				refuse("change roles");
		}
	}
#if PG_VERSION_NUM >= 160000
	return next_check_permissions ? next_check_permissions(tables, infos, violation_is_error) : true;
#else
	return next_check_permissions ? next_check_permissions(infos, violation_is_error) : true;
#endif
}

void
install_borrowed_rights(void)
{
	next_object_access = object_access_hook;
	object_access_hook = object_access;
	next_check_permissions = ExecutorCheckPerms_hook;
	ExecutorCheckPerms_hook = check_permissions;
}
