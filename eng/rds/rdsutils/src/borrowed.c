/*
  * Limits superuser rights that a user obtains within a script of an extension, or within a function that the script made. Scripts resolve
  * names in a schema that the user chose, so they may call an operator of the user's. Code that runs there can make nobody a superuser,
  * change no setting of the server, access no file, and leave nothing behind that could do so later. Only a session that logged in as
  * rdsadmin may.
  */
#include "rules.h"

#include "access/transam.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_authid.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/lsyscache.h"

static object_access_hook_type next_object_access = NULL;

static const char *const file_functions[] = {"pg_read_file", "pg_read_file_old", "pg_read_binary_file", "pg_ls_dir", "pg_ls_dir_1arg",
	"pg_stat_file", "pg_stat_file_1arg", "lo_import", "lo_export", "be_lo_import", "be_lo_export", NULL};

/* Background workers and autovacuum have rdsadmin's rights in users' databases, but nobody logged in as rdsadmin there. */
bool
is_administration(void)
{
	return !IsUnderPostmaster || (MyBackendType == B_BACKEND && GetAuthenticatedUserId() == BOOTSTRAP_SUPERUSERID);
}

bool
is_borrowed(void)
{
	return !is_administration() && superuser();
}

void
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
	if (allowSystemTableMods)
		refuse("change catalogs");
	switch (nodeTag(statement))
	{
		case T_CreateRoleStmt:
		case T_AlterRoleStmt:
		case T_AlterRoleSetStmt:
		case T_DropRoleStmt:
		case T_GrantRoleStmt:
		case T_DropOwnedStmt:
		case T_ReassignOwnedStmt:
			refuse("change roles");
			break;
		case T_AlterSystemStmt:
			refuse("change settings of the server");
			break;
		case T_LoadStmt:
			refuse("load a library");
			break;
		case T_CreatedbStmt:
		case T_DropdbStmt:
		case T_AlterDatabaseStmt:
		case T_AlterDatabaseSetStmt:
			refuse("change databases");
			break;
		case T_CreateTableSpaceStmt:
		case T_DropTableSpaceStmt:
		case T_AlterTableSpaceOptionsStmt:
			refuse("change tablespaces");
			break;
		case T_CreateSubscriptionStmt:
		case T_AlterSubscriptionStmt:
			refuse("subscribe"); /* rows would be applied as rdsadmin */
			break;
		case T_AlterOwnerStmt:
			refuse("change an owner");
			break;
		case T_RenameStmt:
			if (((RenameStmt *) statement)->renameType == OBJECT_DATABASE || ((RenameStmt *) statement)->renameType == OBJECT_ROLE)
				refuse("rename databases and roles");
			break;
		case T_CreatePLangStmt:
			if (!((CreatePLangStmt *) statement)->pltrusted)
				refuse("create an untrusted language");
			break;
		case T_CreateFunctionStmt:
			check_native_function((CreateFunctionStmt *) statement);
			break;
		case T_GrantStmt:
			if (((GrantStmt *) statement)->is_grant)
				check_grant_of_objects((GrantStmt *) statement);
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
		char *name = get_func_name(object);

		for (const char *const *one = file_functions; name != NULL && *one != NULL; one++)
		{
			if (strcmp(*one, name) == 0)
				refuse("touch files of the server");
		}
	}
	if (next_object_access)
		next_object_access(access, class, object, part, arguments);
}

void
install_borrowed_rights(void)
{
	next_object_access = object_access_hook;
	object_access_hook = object_access;
}
