/*
  * Reserved roles. Before PostgreSQL 16, CREATEROLE may grant, alter and drop every role that is not a superuser, including those that give
  * access to the operating system. The errors are those of PostgreSQL 16.
  */
#include "rules.h"

#include "commands/defrem.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"

/* Nobody may grant these: their members act as the operating-system user of the server, or obtain its rights. */
static const char *const never_granted[] = {
	"pg_execute_server_program", "pg_read_server_files", "pg_write_server_files", "rdsadmin", "rdsrepladmin", NULL};

/* Members of rds_superuser may grant these. */
static const char *const granted_by_members[] = {"rds_superuser", "rds_replication", "rds_password", NULL};

/* RDS made these; nobody may change them. */
static const char *const kept[] = {
	"rdsadmin", "rdsrepladmin", "rds_superuser", "rds_replication", "rds_password", "rds_iam", "rds_ad", NULL};

static bool
is_among(const char *name, const char *const *names)
{
	for (; name != NULL && *names != NULL; names++)
	{
		if (strcmp(name, *names) == 0)
			return true;
	}
	return false;
}

/* Returns NULL for PUBLIC, which is not a role. */
static const char *
name_of(const RoleSpec *role)
{
	switch (role->roletype)
	{
		case ROLESPEC_CSTRING:
			return role->rolename;
		case ROLESPEC_PUBLIC:
			return NULL;
		case ROLESPEC_SESSION_USER:
			return GetUserNameFromId(GetSessionUserId(), false);
		default:
			return GetUserNameFromId(GetUserId(), false);
	}
}

bool
is_member_of(const char *role)
{
	Oid members = get_role_oid(role, true);

	return OidIsValid(members) && is_member_of_role(GetUserId(), members);
}

static void
check_grant(const char *role)
{
	if (is_among(role, never_granted) || (is_among(role, granted_by_members) && !is_member_of("rds_superuser")))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("permission denied to grant role \"%s\"", role),
						   errdetail("Only roles with the ADMIN option on role \"%s\" may grant this role.", role)));
}

static void
check_grants(List *roles)
{
	ListCell *cell;

	foreach(cell, roles)
	{
		Node *role = lfirst(cell);

		check_grant(IsA(role, AccessPriv) ? ((AccessPriv *) role)->priv_name : name_of((RoleSpec *) role));
	}
}

static void
check_change(const char *role, const char *what)
{
	if (is_among(role, kept))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("permission denied to %s role", what),
						   errdetail("The role \"%s\" is reserved.", role)));
}

static void
check_options(List *options, const char *name, List **roles)
{
	ListCell *cell;

	foreach(cell, options)
	{
		DefElem *option = lfirst(cell);

		if (strcmp(option->defname, name) == 0)
			*roles = list_concat(*roles, (List *) option->arg);
	}
}

void
check_reserved_roles(Node *statement)
{
	List *roles = NIL;
	ListCell *cell;

	if (superuser())
		return;
	switch (nodeTag(statement))
	{
		case T_GrantRoleStmt:
			if (((GrantRoleStmt *) statement)->is_grant)
				check_grants(((GrantRoleStmt *) statement)->granted_roles);
			break;
		case T_CreateRoleStmt:
			check_options(((CreateRoleStmt *) statement)->options, "addroleto", &roles);
			check_grants(roles);
			break;
		case T_AlterRoleStmt:
		{
			AlterRoleStmt *alter = (AlterRoleStmt *) statement;

			/* ALTER GROUP has members among its options, and nothing else. */
			check_options(alter->options, "rolemembers", &roles);
			if (roles == NIL)
				check_change(name_of(alter->role), "alter");
			else if (alter->action > 0)
				check_grant(name_of(alter->role));
			break;
		}
		case T_AlterRoleSetStmt:
			if (((AlterRoleSetStmt *) statement)->role != NULL)
				check_change(name_of(((AlterRoleSetStmt *) statement)->role), "alter");
			break;
		case T_DropRoleStmt:
			foreach(cell, ((DropRoleStmt *) statement)->roles)
				check_change(name_of(lfirst(cell)), "drop");
			break;
		case T_RenameStmt:
			if (((RenameStmt *) statement)->renameType == OBJECT_ROLE)
				check_change(((RenameStmt *) statement)->subname, "rename");
			break;
		default:
			break;
	}
}
