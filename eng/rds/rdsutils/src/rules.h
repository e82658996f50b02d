/*
  * The rules of RDS for statements. Each rule checks every utility statement before it runs, and raises an error if it is not permitted.
  */
#ifndef RDSUTILS_RULES_H
#define RDSUTILS_RULES_H

#include "postgres.h"

#include "nodes/parsenodes.h"

extern void check_reserved_roles(Node *statement);
extern void check_copy(Node *statement);
extern void check_extension(Node *statement);
extern void check_borrowed_rights(Node *statement);
extern void check_subscription(Node *statement);

/* Runs after the statement. */
extern void grant_extension(Node *statement);

/* Whether the session logged in as rdsadmin, and whether it has superuser rights otherwise. */
extern bool is_administration(void);
extern bool is_borrowed(void);
extern void refuse(const char *what);

/* Check statements with borrowed rights. */
extern void check_native_function(CreateFunctionStmt *statement);
extern void check_grant_of_objects(GrantStmt *grant);

/* Whether the current user is a member of the role, which may not exist. Superusers are. */
extern bool is_member_of(const char *role);

/* A user who has superuser rights during a statement. */
typedef struct Loan
{
	Oid user;
	int context;
} Loan;

extern bool is_lent_to_members(Node *statement);
extern Loan lend_to_members(Node *statement);
extern void take_back_from_members(Node *statement, Loan loan);

/* Called around every statement, even one that fails; the result of the first is the argument of the second. */
extern bool begin_statement(void);
extern void end_statement(bool outer);

extern bool is_for_event_triggers(Oid function);

extern void take_replication_back(void);

extern void define_rds_settings(void);
extern void install_borrowed_rights(void);
extern void install_catalog_rules(void);
extern void install_function_rules(void);
extern void install_event_triggers(void);
extern void install_peers(void);
extern void install_replication(void);

#endif
