/*
 * The rules of RDS for statements. Each looks at every utility statement before it runs, and raises an error when it may not.
 */
#ifndef RDSUTILS_RULES_H
#define RDSUTILS_RULES_H

#include "postgres.h"

#include "nodes/parsenodes.h"

extern void check_reserved_roles(Node *statement);
extern void check_copy(Node *statement);
extern void check_extension(Node *statement);
extern void check_borrowed_rights(Node *statement);

/* After the statement. */
extern void grant_extension(Node *statement);

/* A session that logged in as rdsadmin, and a superuser's rights anywhere else. */
extern bool is_administration(void);
extern bool is_borrowed(void);
extern void refuse(const char *what);

/* With borrowed rights. */
extern void check_native_function(CreateFunctionStmt *statement);
extern void check_grant_of_objects(GrantStmt *grant);

extern void define_rds_settings(void);
extern void install_borrowed_rights(void);
extern void install_catalog_rules(void);
extern void install_function_rules(void);

#endif
