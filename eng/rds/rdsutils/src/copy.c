/*
  * Only a session that logged in as rdsadmin may COPY files and programs of the server, not a user who obtained superuser rights within a
  * function or the script of an extension. PostgreSQL itself refuses all other users.
  */
#include "rules.h"

#include "nodes/parsenodes.h"

void
check_copy(Node *statement)
{
	if (IsA(statement, CopyStmt) && ((CopyStmt *) statement)->filename != NULL && is_borrowed())
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
						   ((CopyStmt *) statement)->is_program ? errmsg("permission denied to COPY to or from an external program")
																: errmsg("permission denied to COPY to or from a file"),
						   errhint("Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone.")));
}
