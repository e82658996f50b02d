/*
 * The rules of RDS for statements. Each looks at every utility statement before it runs, and raises an error when it may not.
 */
#ifndef RDSUTILS_RULES_H
#define RDSUTILS_RULES_H

#include "postgres.h"

#include "nodes/nodes.h"

extern void check_reserved_roles(Node *statement);
extern void check_copy(Node *statement);
extern void check_extension(Node *statement);
extern void check_borrowed_rights(Node *statement);

/* After the statement. */
extern void grant_extension(Node *statement);

extern void define_rds_settings(void);
extern void install_borrowed_rights(void);

#endif
