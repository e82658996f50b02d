/*
  * CREATE EXTENSION: members of rds_superuser may create the extensions on RDS's list. The control files of the list say "trusted"
  * (eng/pgsql-link), so their scripts run as superuser. Extensions that PostgreSQL itself trusts are open to every user who may create
  * objects in the database.
  */
#include "rules.h"

#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/guc.h"
#include "utils/varlena.h"

static char *offered = NULL;
static bool force_ssl = false;
static bool logical_replication = false;

static const char *const trusted[] = {"bool_plperl", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "fuzzystrmatch", "hstore",
	"hstore_plperl", "intarray", "isn", "jsonb_plperl", "lo", "ltree", "pg_trgm", "pgcrypto", "plperl", "plpgsql", "pltcl", "seg",
	"tablefunc", "tcn", "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", NULL};

/* Defines the settings of RDS; the configuration file sets their values. */
void
define_rds_settings(void)
{
	DefineCustomStringVariable("rds.extensions", "List of extensions provided by RDS", NULL, &offered, "", PGC_SIGHUP, 0, NULL, NULL, NULL);
	DefineCustomBoolVariable("rds.force_ssl", "Force SSL connections.", NULL, &force_ssl, false, PGC_SIGHUP, 0, NULL, NULL, NULL);
	DefineCustomBoolVariable(
		"rds.logical_replication", "Enables logical decoding.", NULL, &logical_replication, false, PGC_POSTMASTER, 0, NULL, NULL, NULL);
}

static bool
is_offered(const char *name)
{
	List *names = NIL;
	ListCell *cell;

	if (!SplitGUCList(pstrdup(offered), ',', &names))
		return false;
	foreach(cell, names)
	{
		if (strcmp(lfirst(cell), name) == 0)
			return true;
	}
	return false;
}

static bool
is_trusted(const char *name)
{
	for (const char *const *one = trusted; *one != NULL; one++)
	{
		if (strcmp(*one, name) == 0)
			return true;
	}
	return false;
}

void
check_extension(Node *statement)
{
	const char *name;

	if (!IsA(statement, CreateExtensionStmt) || is_administration())
		return;
	name = ((CreateExtensionStmt *) statement)->extname;
	if (!is_offered(name))
		ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("Extension \"%s\" is not supported by Amazon RDS", name),
				errdetail(
					"Installing the extension \"%s\" failed, because it is not on the list of extensions supported by Amazon RDS.", name),
				errhint("Amazon RDS allows users with rds_superuser role to install supported extensions. See: SHOW rds.extensions;")));
	if (!is_trusted(name) && !is_member_of("rds_superuser"))
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("permission denied to create extension \"%s\"", name),
						   errhint("Must be a member of rds_superuser to create this extension.")));
}
