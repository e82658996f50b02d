/*
  * Limits objects of a script that outlive it: no C function that does what only superusers may, and no grant on PostgreSQL's own objects.
  */
#include "rules.h"

#include "access/transam.h"
#include "catalog/namespace.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "commands/defrem.h"
#include "nodes/parsenodes.h"
#include "parser/parse_func.h"
#include "utils/acl.h"
#include "utils/fmgrtab.h"

/* Libraries of PostgreSQL that access files, programs or the bytes of tables, and belong to extensions that RDS does not have. */
static const char *const refused_libraries[] = {
	"adminpack", "file_fdw", "pg_surgery", "pgxml", "plpython2", "plpython3", "basebackup_to_shell", "basic_archive", NULL};

static bool
is_for_everybody(Oid function)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(ProcedureRelationId, function, ACL_ID_PUBLIC, ACL_EXECUTE) == ACLCHECK_OK;
#else
	return pg_proc_aclcheck(function, ACL_ID_PUBLIC, ACL_EXECUTE) == ACLCHECK_OK;
#endif
}

static void
check_library(const char *library)
{
	const char *name = strncmp(library, "$libdir/", 8) == 0 ? library + 8 : library;

	if (strchr(name, '/') != NULL)
		refuse("load a library");
	for (const char *const *one = refused_libraries; *one != NULL; one++)
	{
		size_t length = strlen(*one);

		if (strncmp(*one, name, length) == 0 && (name[length] == '\0' || name[length] == '.'))
			refuse("load a library");
	}
}

void
check_native_function(CreateFunctionStmt *statement)
{
	const char *language = "";
	List *source = NIL;
	ListCell *cell;

	foreach(cell, statement->options)
	{
		DefElem *option = lfirst(cell);

		if (strcmp(option->defname, "language") == 0)
			language = strVal(option->arg);
		else if (strcmp(option->defname, "as") == 0)
			source = (List *) option->arg;
	}
	if (source == NIL)
		return;
	if (strcmp(language, "c") == 0)
		check_library(strVal(linitial(source)));
	else if (strcmp(language, "internal") == 0)
	{
		Oid function = fmgr_internal_function(strVal(linitial(source)));

		if (OidIsValid(function) && !is_for_everybody(function))
			refuse("give another name to a function that is not for everybody");
	}
}

static bool
is_own_schema(const char *name)
{
	Oid schema = get_namespace_oid(name, true);

	return OidIsValid(schema) && schema < FirstNormalObjectId && schema != PG_PUBLIC_NAMESPACE;
}

static bool
is_own(GrantStmt *grant, Node *object)
{
	Oid found;

	if (grant->targtype != ACL_TARGET_OBJECT || grant->objtype == OBJECT_SCHEMA)
		return is_own_schema(strVal(object));
	switch (grant->objtype)
	{
		case OBJECT_TABLE:
		case OBJECT_SEQUENCE:
			found = RangeVarGetRelid((RangeVar *) object, NoLock, true);
			break;
		case OBJECT_FUNCTION:
		case OBJECT_PROCEDURE:
		case OBJECT_ROUTINE:
			found = LookupFuncWithArgs(grant->objtype, (ObjectWithArgs *) object, true);
			break;
		default:
			return grant->objtype != OBJECT_TYPE && grant->objtype != OBJECT_DOMAIN && grant->objtype != OBJECT_FDW &&
				   grant->objtype != OBJECT_FOREIGN_SERVER && grant->objtype != OBJECT_LARGEOBJECT;
	}
	return OidIsValid(found) && found < FirstNormalObjectId;
}

void
check_grant_of_objects(GrantStmt *grant)
{
	ListCell *cell;

	if (grant->targtype == ACL_TARGET_DEFAULTS)
		return;
	foreach(cell, grant->objects)
	{
		if (is_own(grant, lfirst(cell)))
			refuse("grant what is the server's");
	}
}
