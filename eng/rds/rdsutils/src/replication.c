/*
  * Members of rds_replication may replicate logically. They do not have the attribute REPLICATION, which would appear in pg_roles and in
  * dumps. Instead, until the end of a transaction that needs it, this process's role cache says that they have it. They may not replicate
  * physically, which would read every file. PostgreSQL has no hook where a walsender receives a command, so it is refused where the answer
  * is sent: in every version, the protocol announces base backups with CopyOutResponse and a stream of WAL with CopyBothResponse.
  */
#include "rules.h"

/* Their headers need not be installed; everything used of Port comes before them. */
#undef ENABLE_GSS
#undef USE_OPENSSL

#include "access/xact.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_authid.h"
#include "libpq/auth.h"
#include "libpq/libpq.h"
#include "miscadmin.h"
#include "replication/slot.h"
#include "replication/walsender.h"
#include "tcop/pquery.h"
#include "utils/acl.h"
#include "utils/catcache.h"
#include "utils/syscache.h"

static ClientAuthentication_hook_type next_client_authentication = NULL;
static object_access_hook_type next_object_access = NULL;
static bool is_lent = false;
static const PQcommMethods *unguarded = NULL;
static PQcommMethods guarded;

/* The next lookup of the role reads it again. */
void
take_replication_back(void)
{
	if (is_lent)
		CatalogCacheFlushCatalog(AuthIdRelationId);
	is_lent = false;
}

static void
end_transaction(XactEvent event, void *argument)
{
	if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
		take_replication_back();
}

static void
lend_replication(Oid user)
{
	Oid members = get_role_oid("rds_replication", true);
	HeapTuple role;

	take_replication_back();
	if (!OidIsValid(members) || !OidIsValid(user) || !is_member_of_role_nosuper(user, members))
		return;
	role = SearchSysCache1(AUTHOID, ObjectIdGetDatum(user));
	if (!HeapTupleIsValid(role))
		return;
	is_lent = true;
	((Form_pg_authid) GETSTRUCT(role))->rolreplication = true;
	ReleaseSysCache(role);
}

static void
refuse_physical(void)
{
	ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE), errmsg("permission denied for physical replication"),
					   errdetail("Members of rds_replication replicate logically.")));
}

static int
put_message(char type, const char *message, size_t length)
{
	switch (type)
	{
			/* SQL's COPY sends the same message, but runs in a portal. */
		case 'H': /* CopyOutResponse: a base backup */
		case 'G': /* CopyInResponse: UPLOAD_MANIFEST, for a base backup */
			if (ActivePortal == NULL || !IsTransactionState())
				refuse_physical();
			break;
		case 'W': /* CopyBothResponse: a stream of WAL */
			if (MyReplicationSlot == NULL || SlotIsPhysical(MyReplicationSlot))
				refuse_physical();
			break;
		case 'Z': /* ReadyForQuery: a slot that is left from a caught error must not become the next command's */
			if (MyReplicationSlot != NULL)
				ReplicationSlotRelease();
			break;
		case 'T': /* RowDescription: the answer to CREATE_REPLICATION_SLOT. The slot is dropped when it is released. */
			if (MyReplicationSlot != NULL && SlotIsPhysical(MyReplicationSlot))
			{
				SpinLockAcquire(&MyReplicationSlot->mutex);
				MyReplicationSlot->data.persistency = RS_EPHEMERAL;
				SpinLockRelease(&MyReplicationSlot->mutex);
				refuse_physical();
			}
			break;
	}
	return unguarded->putmessage(type, message, length);
}

static void
client_authentication(Port *port, int status)
{
	Oid user;

	if (next_client_authentication)
		next_client_authentication(port, status);
	if (status != STATUS_OK || !am_walsender)
		return;
	user = get_role_oid(port->user_name, true);
	if (user == BOOTSTRAP_SUPERUSERID || strcmp(port->user_name, "rdsrepladmin") == 0)
		return;
	unguarded = PqCommMethods;
	guarded = *unguarded;
	guarded.putmessage = put_message;
	PqCommMethods = &guarded;
	if (am_db_walsender)
		lend_replication(user);
}

/* The OIDs of PostgreSQL's functions never change. */
static void
object_access(ObjectAccessType access, Oid class, Oid object, int part, void *arguments)
{
	if (access == OAT_FUNCTION_EXECUTE)
	{
		switch (object)
		{
			case 3779: /* pg_create_physical_replication_slot */
			case 4220: /* pg_copy_physical_replication_slot */
			case 4221:
				if (!superuser())
					refuse_physical();
				break;
			case 3780: /* pg_drop_replication_slot */
			case 3782: /* pg_logical_slot_get_changes */
			case 3783: /* pg_logical_slot_get_binary_changes */
			case 3784: /* pg_logical_slot_peek_changes */
			case 3785: /* pg_logical_slot_peek_binary_changes */
			case 3786: /* pg_create_logical_replication_slot */
			case 3878: /* pg_replication_slot_advance */
			case 4222: /* pg_copy_logical_replication_slot */
			case 4223:
			case 4224:
				lend_replication(GetUserId());
				break;
		}
	}
	if (next_object_access)
		next_object_access(access, class, object, part, arguments);
}

void
install_replication(void)
{
	next_client_authentication = ClientAuthentication_hook;
	ClientAuthentication_hook = client_authentication;
	next_object_access = object_access_hook;
	object_access_hook = object_access;
	RegisterXactCallback(end_transaction, NULL);
}
