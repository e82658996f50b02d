/*
  * Statements that PostgreSQL reserves for superusers and RDS permits to members of rds_superuser. They run as the superuser, and their new
  * objects then belong to the user. None of them evaluates anything that a user wrote; event triggers are skipped meanwhile.
  */
#include "rules.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_event_trigger.h"
#include "catalog/pg_publication.h"
#include "catalog/pg_subscription.h"
#include "commands/event_trigger.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "parser/parse_func.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

static bool
is_for_members(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateEventTrigStmt:
			return true;
		case T_CreatePublicationStmt:
			return ((CreatePublicationStmt *) statement)->for_all_tables;
			/* Before 15, its owner would write every table; since 16, pg_create_subscription can be granted. */
#if PG_VERSION_NUM >= 150000 && PG_VERSION_NUM < 160000
		case T_CreateSubscriptionStmt:
			return true;
#endif
#if PG_VERSION_NUM < 150000
		case T_VariableSetStmt: /* since 15, it can be granted */
			return ((VariableSetStmt *) statement)->name != NULL &&
				   strcmp(((VariableSetStmt *) statement)->name, "session_replication_role") == 0;
#endif
		default:
			return false;
	}
}

bool
is_lent_to_members(Node *statement)
{
	return is_for_members(statement) && !superuser() && is_member_of("rds_superuser");
}

static void
give(Oid class, int cache, Oid object, Oid user)
{
	Relation catalog = table_open(class, RowExclusiveLock);
	HeapTuple tuple = SearchSysCacheCopy1(cache, ObjectIdGetDatum(object));

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for object %u of catalog %u", object, class);
	if (class == EventTriggerRelationId)
		((Form_pg_event_trigger) GETSTRUCT(tuple))->evtowner = user;
	else if (class == SubscriptionRelationId)
		((Form_pg_subscription) GETSTRUCT(tuple))->subowner = user;
	else
		((Form_pg_publication) GETSTRUCT(tuple))->pubowner = user;
	CatalogTupleUpdate(catalog, &tuple->t_self, tuple);
	changeDependencyOnOwner(class, object, user);
	table_close(catalog, RowExclusiveLock);
}

Loan
lend_to_members(Node *statement)
{
	Loan loan;

	/* The function is the one that the user's own name lookup finds. */
	if (IsA(statement, CreateEventTrigStmt))
		(void) LookupFuncName(((CreateEventTrigStmt *) statement)->funcname, 0, NULL, false);
	GetUserIdAndSecContext(&loan.user, &loan.context);
	SetUserIdAndSecContext(BOOTSTRAP_SUPERUSERID, loan.context | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
	return loan;
}

/* After an error, the end of the transaction does this. */
void
take_back_from_members(Node *statement, Loan loan)
{
	CommandCounterIncrement();
	if (IsA(statement, CreateEventTrigStmt))
		give(EventTriggerRelationId, EVENTTRIGGEROID, get_event_trigger_oid(((CreateEventTrigStmt *) statement)->trigname, false),
			loan.user);
	else if (IsA(statement, CreatePublicationStmt))
		give(PublicationRelationId, PUBLICATIONOID, get_publication_oid(((CreatePublicationStmt *) statement)->pubname, false), loan.user);
	else if (IsA(statement, CreateSubscriptionStmt))
		give(SubscriptionRelationId, SUBSCRIPTIONOID, get_subscription_oid(((CreateSubscriptionStmt *) statement)->subname, false),
			loan.user);
	SetUserIdAndSecContext(loan.user, loan.context);
}
