/*
  * Triggers of the tables of rules. They refuse rows that make no sense, and changes by roles that only happen to be able to write
  * (pg_write_all_data), and tell all sessions of each change.
  */
#include "compat.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "rules.h"

PG_FUNCTION_INFO_V1(daybreak_rule_changes);

/* Whether the user may execute all functions of that name in the schema: whom an administrator has put in charge of the rules. */
static bool
may_execute_all(Oid user, const char *name, Oid schema)
{
	CatCList *named = SearchSysCacheList1(PROCNAMEARGSNSP, CStringGetDatum(name));
	bool any = false;
	bool all = true;

	for (int i = 0; i < named->n_members; i++)
	{
		Form_pg_proc function = (Form_pg_proc) GETSTRUCT(&named->members[i]->tuple);

		if (function->pronamespace != schema)
			continue;
		any = true;
		all = all && user_may_execute(user, function->oid);
	}
	ReleaseSysCacheList(named);
	return any && all;
}

static void
require_administrator(Relation table, const char *function)
{
	Oid user = GetUserId();

	if (has_privs_of_role(user, RelationGetForm(table)->relowner) || may_execute_all(user, function, RelationGetNamespace(table)))
		return;
	ereport(ERROR, errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("permission denied for table %s", RelationGetRelationName(table)),
		errdetail("Only roles that may execute daybreak.%s change the rules.", function));
}

static Datum
required_column(HeapTuple tuple, TupleDesc descriptor, const char *name, bool *isnull)
{
	int number = SPI_fnumber(descriptor, name);

	if (number <= 0)
		elog(ERROR, "the table of rules has no column \"%s\"", name);
	/* The constraint that comes after the triggers refuses NULL. */
	return SPI_getbinval(tuple, descriptor, number, isnull);
}

/* old is NULL when the row is new. */
static void
check_role(HeapTuple tuple, HeapTuple old, TupleDesc descriptor)
{
	bool isnull, old_isnull;
	Oid role = DatumGetObjectId(required_column(tuple, descriptor, "role", &isnull));

	/* A rule of a dropped role may be reduced. */
	if (old != NULL && role == DatumGetObjectId(required_column(old, descriptor, "role", &old_isnull)))
		return;
	if (!isnull && OidIsValid(role) && !SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(role)))
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("role with OID %u does not exist", role));
}

static void
check_pattern(HeapTuple tuple, TupleDesc descriptor)
{
	bool isnull;
	Datum value = required_column(tuple, descriptor, "pattern", &isnull);
	const char *wrong;
	char *words;
	Pattern pattern;

	if (isnull)
		return;
	words = TextDatumGetCString(value);
	wrong = read_pattern((FrameText){words, strlen(words)}, &pattern);
	if (wrong != NULL)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid pattern of Lambda functions: \"%s\"", words),
			errdetail_internal("%s", wrong),
			errhint("It is NAME, ACCOUNT:function:NAME or arn:aws:lambda:REGION:ACCOUNT:function:NAME, each optionally with :QUALIFIER; "
					"* and ? are wildcards."));
}

static void
check_types(HeapTuple tuple, TupleDesc descriptor)
{
	bool isnull;
	Datum value = required_column(tuple, descriptor, "types", &isnull);
	Datum *words;
	bool *nulls;
	int count;

	if (isnull)
		return;
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT, &words, &nulls, &count);
	if (count == 0)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("a rule needs a type of invocation"),
			errhint("Types are RequestResponse, Event and DryRun."));
	for (int i = 0; i < count; i++)
	{
		char *word = nulls[i] ? pstrdup("NULL") : TextDatumGetCString(words[i]);
		FrameText text = {word, strlen(word)};

		if (nulls[i] || invocation_type_bit(text) == 0)
			ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid type of invocation: \"%s\"", word),
				errhint("Types are RequestResponse, Event and DryRun; upper and lower case matter."));
	}
}

static void
check_iam_role(HeapTuple tuple, TupleDesc descriptor)
{
	bool isnull;
	Datum value = required_column(tuple, descriptor, "iam_role", &isnull);
	char *words = isnull ? NULL : TextDatumGetCString(value);
	const char *flaw = isnull ? NULL : iam_role_flaw((FrameText){words, strlen(words)});

	if (flaw != NULL)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid ARN of an IAM role: \"%s\"", words), errhint("%s", flaw));
}

static void
check_external_id(HeapTuple tuple, TupleDesc descriptor)
{
	bool isnull;
	Datum value = required_column(tuple, descriptor, "external_id", &isnull);
	char *words = isnull ? NULL : TextDatumGetCString(value);
	const char *flaw = isnull ? NULL : external_id_flaw((FrameText){words, strlen(words)});

	if (flaw != NULL)
		ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("invalid external id: \"%s\"", words), errhint("%s", flaw));
}

/*
 * BEFORE each row, or before a TRUNCATE. The first argument names the function that a role must be able to execute to change rules; the
 * others name the columns to check.
 */
Datum
daybreak_rule_changes(PG_FUNCTION_ARGS)
{
	TriggerData *change = (TriggerData *) fcinfo->context;
	HeapTuple row;
	TupleDesc descriptor;
	Trigger *trigger;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(change->tg_event) || change->tg_trigger->tgnargs < 1)
		ereport(
			ERROR, errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED), errmsg("daybreak.rule_changes is for the triggers of its tables"));
	trigger = change->tg_trigger;
	require_administrator(change->tg_relation, trigger->tgargs[0]);
	CacheInvalidateRelcache(change->tg_relation);
	if (!TRIGGER_FIRED_FOR_ROW(change->tg_event))
		return PointerGetDatum(NULL);

	row = TRIGGER_FIRED_BY_UPDATE(change->tg_event) ? change->tg_newtuple : change->tg_trigtuple;
	if (TRIGGER_FIRED_BY_DELETE(change->tg_event))
		return PointerGetDatum(row);
	descriptor = RelationGetDescr(change->tg_relation);
	for (int i = 1; i < trigger->tgnargs; i++)
	{
		if (strcmp(trigger->tgargs[i], "role") == 0)
			check_role(row, TRIGGER_FIRED_BY_UPDATE(change->tg_event) ? change->tg_trigtuple : NULL, descriptor);
		else if (strcmp(trigger->tgargs[i], "pattern") == 0)
			check_pattern(row, descriptor);
		else if (strcmp(trigger->tgargs[i], "types") == 0)
			check_types(row, descriptor);
		else if (strcmp(trigger->tgargs[i], "iam_role") == 0)
			check_iam_role(row, descriptor);
		else if (strcmp(trigger->tgargs[i], "external_id") == 0)
			check_external_id(row, descriptor);
	}
	return PointerGetDatum(row);
}
