/*
  * After CREATE EXTENSION, members of rds_superuser get the privileges that the script kept from PUBLIC, with the right to grant them.
  * These grants count as part of the script, as its initial privileges, so dumps omit them.
  */
#include "rules.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_authid.h"
#include "commands/extension.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"
#include "utils/guc.h"

/* dblink_connect_u connects without a password, as the server's own user. */
static const char *const grants =
	"DO $rds$ DECLARE one text; BEGIN FOR one IN"
	" SELECT CASE d.classid"
	"  WHEN 'pg_namespace'::regclass THEN format('USAGE ON SCHEMA %%s', d.objid::regnamespace)"
	"  WHEN 'pg_proc'::regclass THEN format('EXECUTE ON ROUTINE %%s', d.objid::regprocedure)"
	"  WHEN 'pg_foreign_data_wrapper'::regclass THEN format('USAGE ON FOREIGN DATA WRAPPER %%I', w.fdwname)"
	"  ELSE format(CASE c.relkind WHEN 'S' THEN 'USAGE, SELECT ON SEQUENCE %%s' ELSE 'SELECT, INSERT, UPDATE, DELETE ON TABLE %%s' END, "
	"d.objid::regclass) END"
	" FROM pg_depend d LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid"
	" LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid"
	" LEFT JOIN pg_foreign_data_wrapper w ON d.classid = 'pg_foreign_data_wrapper'::regclass AND w.oid = d.objid"
	" WHERE d.refclassid = 'pg_extension'::regclass AND d.refobjid = %u AND d.deptype = 'e'"
	" AND (d.classid IN ('pg_namespace'::regclass, 'pg_foreign_data_wrapper'::regclass) OR c.relkind IN ('r', 'p', 'v', 'm', 'S')"
	"  OR (p.prokind IN ('f', 'p', 'w') AND p.proname <> 'dblink_connect_u' AND NOT has_function_privilege('public', p.oid, 'EXECUTE')))"
	" LOOP EXECUTE format('GRANT %%s TO rds_superuser WITH GRANT OPTION', one); END LOOP; END $rds$";

static bool
is_of_ours(const char *name)
{
	return strcmp(name, "aws_commons") == 0 || strcmp(name, "aws_lambda") == 0 || strcmp(name, "aws_s3") == 0 ||
		   strcmp(name, "daybreak") == 0;
}

void
grant_extension(Node *statement)
{
	const char *name;
	Oid extension, user;
	int context, level;
	char *command;

	if (!IsA(statement, CreateExtensionStmt) || superuser())
		return;
	name = ((CreateExtensionStmt *) statement)->extname;
	if (is_of_ours(name) || !OidIsValid(get_role_oid("rds_superuser", true)))
		return;
	CommandCounterIncrement();
	extension = get_extension_oid(name, true);
	if (!OidIsValid(extension))
		return;
	command = psprintf(grants, extension);
	GetUserIdAndSecContext(&user, &context);
	level = NewGUCNestLevel();
	(void) set_config_option("search_path", "pg_catalog, pg_temp", PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	SetUserIdAndSecContext(BOOTSTRAP_SUPERUSERID, context | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
	PG_TRY();
	{
		creating_extension = true;
		CurrentExtensionObject = extension;
		if (SPI_connect() != SPI_OK_CONNECT || SPI_execute(command, false, 0) != SPI_OK_UTILITY || SPI_finish() != SPI_OK_FINISH)
			elog(ERROR, "the privileges of extension \"%s\" could not be granted", name);
	}
	PG_FINALLY();
	{
		creating_extension = false;
		CurrentExtensionObject = InvalidOid;
	}
	PG_END_TRY();
	AtEOXact_GUC(true, level);
	SetUserIdAndSecContext(user, context);
}
