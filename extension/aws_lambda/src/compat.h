/*
  * The differences between PostgreSQL 13 and 18, and nothing else.
  */
#ifndef AWS_LAMBDA_COMPAT_H
#define AWS_LAMBDA_COMPAT_H

#include "postgres.h"

#include "catalog/pg_authid.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "postmaster/autovacuum.h"
#include "replication/walsender.h"
#include "storage/latch.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/guc_tables.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#if PG_VERSION_NUM >= 140000
#include "utils/wait_event.h"
#else
#include "pgstat.h"
#endif
#if PG_VERSION_NUM >= 180000
#include "storage/waiteventset.h"
#endif

#if PG_VERSION_NUM < 130000
#error "aws_lambda needs PostgreSQL 13 or later"
#endif

/* Since 17 a set belongs to a resource owner instead of a memory context. Ours belongs to neither and lives as long as the process. */
static inline WaitEventSet *
create_lasting_wait_event_set(int nevents)
{
#if PG_VERSION_NUM >= 170000
	return CreateWaitEventSet(NULL, nevents);
#else
	return CreateWaitEventSet(TopMemoryContext, nevents);
#endif
}

/*
 * Since 17 an extension can name its waits in pg_stat_activity. Returns what *known holds from the second call on, as the name is looked up
 * in shared memory.
 */
static inline uint32
named_wait_event(const char *name, uint32 *known)
{
	if (*known == 0)
#if PG_VERSION_NUM >= 170000
		*known = WaitEventExtensionNew(name);
#else
		*known = PG_WAIT_EXTENSION;
#endif
	return *known;
}

/* 16 replaced the functions for each kind of object by one for all kinds. */
static inline bool
user_may_use_schema(Oid user, Oid schema)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(NamespaceRelationId, schema, user, ACL_USAGE) == ACLCHECK_OK;
#else
	return pg_namespace_aclcheck(schema, user, ACL_USAGE) == ACLCHECK_OK;
#endif
}

static inline bool
user_may_execute(Oid user, Oid function)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(ProcedureRelationId, function, user, ACL_EXECUTE) == ACLCHECK_OK;
#else
	return pg_proc_aclcheck(function, user, ACL_EXECUTE) == ACLCHECK_OK;
#endif
}

/* Finds the setting of that name, defined or placeholder; returns NULL when there is none. Since 16 settings are kept in a hash table. */
static inline struct config_generic *
find_setting(const char *name)
{
#if PG_VERSION_NUM >= 160000
	return find_option(name, false, true, 0);
#else
	struct config_generic **all = get_guc_variables();

	for (int i = 0; i < GetNumConfigOptions(); i++)
		if (pg_strcasecmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
#endif
}

/* 14 renamed the predefined roles. */
#if PG_VERSION_NUM < 140000
#define ROLE_PG_READ_ALL_STATS DEFAULT_ROLE_READ_ALL_STATS
#endif

typedef void (*SharedMemoryRequest)(void);

/*
 * Since 15 a preloaded library asks for shared memory from a hook; before, at once. Returns the hook of a library that was loaded earlier,
 * which ours is to call, or NULL.
 */
static inline SharedMemoryRequest
chain_shared_memory_request(SharedMemoryRequest ours)
{
#if PG_VERSION_NUM >= 150000
	SharedMemoryRequest previous = shmem_request_hook;

	shmem_request_hook = ours;
	return previous;
#else
	ours();
	return NULL;
#endif
}

/* How many processes can call, at most. Before 15 the server works it out only after it has preloaded libraries. */
static inline int
process_limit(void)
{
#if PG_VERSION_NUM >= 150000
	return MaxBackends;
#else
	return MaxConnections + autovacuum_max_workers + 1 + max_worker_processes + max_wal_senders;
#endif
}

/* Prepares a function to return all its rows at once, in ReturnSetInfo.setResult. 15 has a function for that. */
static inline ReturnSetInfo *
begin_rows(FunctionCallInfo fcinfo)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
#if PG_VERSION_NUM >= 150000
	InitMaterializedSRF(fcinfo, 0);
#else
	MemoryContext caller;

	if (result == NULL || !IsA(result, ReturnSetInfo) || (result->allowedModes & SFRM_Materialize) == 0)
		ereport(ERROR, errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("set-valued function called in context that cannot accept a set"));
	caller = MemoryContextSwitchTo(result->econtext->ecxt_per_query_memory);
	if (get_call_result_type(fcinfo, NULL, &result->setDesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	result->returnMode = SFRM_Materialize;
	result->setResult = tuplestore_begin_heap((result->allowedModes & SFRM_Materialize_Random) != 0, false, work_mem);
	MemoryContextSwitchTo(caller);
#endif
	return result;
}

static inline void
reserve_setting_prefix(const char *prefix)
{
#if PG_VERSION_NUM >= 150000
	MarkGUCPrefixReserved(prefix);
#else
	EmitWarningsOnPlaceholders(prefix);
#endif
}

#endif
