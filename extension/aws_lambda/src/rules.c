/*
  * Reads the tables of the extension daybreak directly, so that neither search_path nor row security, rewrite rules or privileges change
  * what is read. Kept until PostgreSQL tells of a change: triggers on the tables (rule_triggers.c) announce theirs as if the table itself
  * had been altered, which reaches all sessions at commit, this one at the end of each statement, and is undone with a transaction that is
  * rolled back.
  */
#include "compat.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "encoding.h"
#include "rules.h"

#define EXTENSION "daybreak"
#define TABLE_GUARDED "guarded"
#define TABLE_ALLOW "allow_rules"
#define TABLE_ASSUME "assume_rules"

static Rules rules;
static MemoryContext rules_context = NULL;

/* Numbers of what was read last, and of what may be read now; they are equal while the rules hold. */
static uint64 read_at = 0;
static volatile uint64 changed_at = 1;

/* The tables that were read; InvalidOid when there are none. */
typedef struct Tables
{
	Oid guarded;
	Oid allow;
	Oid assume;
} Tables;

static Tables tables;

/* ---- changes ---- */

static void
relation_changed(Datum argument, Oid relation)
{
	if (!OidIsValid(relation) || relation == tables.guarded || relation == tables.allow || relation == tables.assume)
		changed_at++;
}

/* The extension comes with functions, so that a session without rules need not watch all tables, which may come and go often. */
static void
function_changed(Datum argument, int cache, uint32 hash)
{
	if (!OidIsValid(tables.guarded))
		changed_at++;
}

static void
catalog_changed(Datum argument, int cache, uint32 hash)
{
	changed_at++;
}

static void
watch(void)
{
	static bool watching = false;

	if (watching)
		return;
	CacheRegisterRelcacheCallback(relation_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(PROCOID, function_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(NAMESPACEOID, catalog_changed, (Datum) 0);
	/* Roles, memberships, and the owner of the database, who is a member of pg_database_owner. */
	CacheRegisterSyscacheCallback(AUTHOID, catalog_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, catalog_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(DATABASEOID, catalog_changed, (Datum) 0);
	watching = true;
}

/* ---- finding the tables ---- */

static void
refuse_tampering(const char *what)
{
	ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE), errmsg("the rules of the extension \"" EXTENSION "\" cannot be read"),
		errdetail_internal("%s", what), errhint("Until they can, nobody may invoke: restore the extension's tables."));
}

/* Whether the extension is of a version that has rules. */
static bool
extension_has_rules(Oid extension)
{
	Relation catalog = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple tuple;
	bool has = false;

	ScanKeyInit(&key, Anum_pg_extension_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(extension));
	scan = systable_beginscan(catalog, ExtensionOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		bool isnull;
		Datum value = heap_getattr(tuple, Anum_pg_extension_extversion, RelationGetDescr(catalog), &isnull);
		char *version = isnull ? pstrdup("") : TextDatumGetCString(value);

		has = strcmp(version, "1.0") != 0 && strcmp(version, "1.1") != 0;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return has;
}

/* Only a table of the extension counts: anybody who may create schemas could make one of that name. */
static Oid
table_of_extension(const char *name, Oid schema, Oid extension)
{
	Oid table = get_relname_relid(name, schema);

	if (!OidIsValid(table) || getExtensionOfObject(RelationRelationId, table) != extension || get_rel_relkind(table) != RELKIND_RELATION)
		refuse_tampering(psprintf("The table " EXTENSION ".%s is missing, or is not the extension's.", name));
	return table;
}

static bool
find_tables(Tables *found)
{
	Oid extension = get_extension_oid(EXTENSION, true);
	Oid schema;

	memset(found, 0, sizeof *found);
	if (!OidIsValid(extension) || !extension_has_rules(extension))
		return false;
	schema = get_namespace_oid(EXTENSION, true);
	found->guarded = table_of_extension(TABLE_GUARDED, schema, extension);
	found->allow = table_of_extension(TABLE_ALLOW, schema, extension);
	found->assume = table_of_extension(TABLE_ASSUME, schema, extension);
	return true;
}

/* ---- reading them ---- */

static Datum
read_column(HeapTuple tuple, Relation table, const char *name, Oid type, bool *isnull)
{
	AttrNumber number = get_attnum(RelationGetRelid(table), name);

	if (number <= 0 || TupleDescAttr(RelationGetDescr(table), number - 1)->atttypid != type)
		refuse_tampering(
			psprintf("The table " EXTENSION ".%s has no column \"%s\" of its former type.", RelationGetRelationName(table), name));
	return heap_getattr(tuple, number, RelationGetDescr(table), isnull);
}

int
invocation_type_bit(FrameText word)
{
	if (text_is(word, "RequestResponse"))
		return TYPE_REQUEST_RESPONSE;
	if (text_is(word, "Event"))
		return TYPE_EVENT;
	return text_is(word, "DryRun") ? TYPE_DRY_RUN : 0;
}

static int
read_types(Datum value)
{
	Datum *words;
	bool *nulls;
	int count;
	int types = 0;

	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT, &words, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
		{
			char *word = TextDatumGetCString(words[i]);
			FrameText text = {word, strlen(word)};

			types |= invocation_type_bit(text);
		}
	return types;
}

/* Returns false for a rule that gives nothing: its role has been dropped, or somebody has spoiled its row. */
static bool
read_allow_rule(HeapTuple tuple, Relation table, AllowRule *rule)
{
	bool nulls[3];
	Datum role = read_column(tuple, table, "role", REGROLEOID, &nulls[0]);
	Datum pattern = read_column(tuple, table, "pattern", TEXTOID, &nulls[1]);
	Datum types = read_column(tuple, table, "types", TEXTARRAYOID, &nulls[2]);
	char *words;

	if (nulls[0] || nulls[1] || nulls[2])
		return false;
	rule->role = DatumGetObjectId(role);
	rule->types = read_types(types);
	words = TextDatumGetCString(pattern);
	if (OidIsValid(rule->role) && !SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(rule->role)))
		return false;
	return read_pattern((FrameText){words, strlen(words)}, &rule->pattern) == NULL;
}

static FrameText
utf8_of(Datum value)
{
	char *words = TextDatumGetCString(value);

	return to_utf8(words, strlen(words));
}

/* Whether the database is guarded by rules of that kind, even if they are lost. */
static bool
is_guarded(Relation table, Snapshot snapshot, const char *kind)
{
	SysScanDesc scan = systable_beginscan(table, InvalidOid, false, snapshot, 0, NULL);
	HeapTuple tuple;
	bool found = false;

	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool isnull;
		Datum value = read_column(tuple, table, "kind", TEXTOID, &isnull);

		found = !isnull && strcmp(TextDatumGetCString(value), kind) == 0;
	}
	systable_endscan(scan);
	return found;
}

static void
read_allow_rules(Relation table, Snapshot snapshot, Rules *read)
{
	SysScanDesc scan = systable_beginscan(table, InvalidOid, false, snapshot, 0, NULL);
	HeapTuple tuple;
	int room = 16;

	read->allow = palloc(room * sizeof(AllowRule));
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		read->guarded = true;
		if (read->allow_count == room)
			read->allow = repalloc(read->allow, (room *= 2) * sizeof(AllowRule));
		if (read_allow_rule(tuple, table, &read->allow[read->allow_count]))
			read->allow_count++;
	}
	systable_endscan(scan);
}

/* Calls of a role whose IAM role cannot be read must not be made with the server's. */
static void
read_assume_rule(HeapTuple tuple, Relation table, AssumeRule *rule)
{
	bool nulls[3];
	Datum role = read_column(tuple, table, "role", REGROLEOID, &nulls[0]);
	Datum iam_role = read_column(tuple, table, "iam_role", TEXTOID, &nulls[1]);
	Datum external_id = read_column(tuple, table, "external_id", TEXTOID, &nulls[2]);

	if (nulls[0] || nulls[1])
		refuse_tampering("A row of the table " EXTENSION "." TABLE_ASSUME " has a NULL.");
	rule->role = DatumGetObjectId(role);
	rule->iam_role = utf8_of(iam_role);
	rule->external_id = nulls[2] ? (FrameText){NULL, 0} : utf8_of(external_id);
}

/* Returns false when there is none. */
static bool
read_assume_rules(Relation table, Snapshot snapshot, Rules *read)
{
	SysScanDesc scan = systable_beginscan(table, InvalidOid, false, snapshot, 0, NULL);
	HeapTuple tuple;
	int room = 16;

	read->assume = palloc(room * sizeof(AssumeRule));
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		if (read->assume_count == room)
			read->assume = repalloc(read->assume, (room *= 2) * sizeof(AssumeRule));
		read_assume_rule(tuple, table, &read->assume[read->assume_count++]);
	}
	systable_endscan(scan);
	return read->assume_count > 0;
}

/*
 * A snapshot as for catalogs sees what is committed now, in transactions with an older one and in parallel workers as well. All tables are
 * read with the same one, taken when none of them can be rewritten any more: rules are not lost because somebody makes the first one now.
 */
static void
read_tables(const Tables *found, Rules *read)
{
	Relation guarded = table_open(found->guarded, AccessShareLock);
	Relation allow = table_open(found->allow, AccessShareLock);
	Relation assume = table_open(found->assume, AccessShareLock);
	Snapshot snapshot = RegisterSnapshot(GetCatalogSnapshot(found->guarded));

	read->guarded = is_guarded(guarded, snapshot, "allow");
	read_allow_rules(allow, snapshot, read);
	if (!read_assume_rules(assume, snapshot, read) && is_guarded(guarded, snapshot, "assume"))
		refuse_tampering("The rules of daybreak.assume are lost.");
	UnregisterSnapshot(snapshot);
	table_close(assume, AccessShareLock);
	table_close(allow, AccessShareLock);
	table_close(guarded, AccessShareLock);
}

static void
read_rules(void)
{
	uint64 from = changed_at;
	Rules read = {.generation = from};
	Tables found;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "aws_lambda rules", ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);

	if (find_tables(&found))
		read_tables(&found, &read);
	MemoryContextSwitchTo(caller);

	/* From here on nothing fails. A change that arrived meanwhile leaves both numbers unequal. */
	MemoryContextSetParent(context, TopMemoryContext);
	if (rules_context != NULL)
		MemoryContextDelete(rules_context);
	rules_context = context;
	rules = read;
	tables = found;
	read_at = from;
}

const Rules *
current_rules(void)
{
	watch();
	/* Statements that lock no table, such as those of a loop, do not learn of changes otherwise. It costs a look at one flag. */
	AcceptInvalidationMessages();
	if (unlikely(read_at != changed_at))
		read_rules();
	return &rules;
}

/* ---- membership ---- */

bool
rule_is_for(Oid role, Oid user)
{
	if (!OidIsValid(role) || role == user)
		return true;
	/* has_privs_of_role would make superusers members of every role. */
	return superuser_arg(user) ? is_member_of_role_nosuper(user, role) : has_privs_of_role(user, role);
}
