/*
  * What aws_s3's import and export share: the object that they read or write, and the statement COPY that they carry out.
  */
#ifndef AWS_LAMBDA_OBJECT_H
#define AWS_LAMBDA_OBJECT_H

#include "postgres.h"

#include "access/htup.h"
#include "fmgr.h"
#include "nodes/parsenodes.h"

#include "frame.h"

/* S3 takes no smaller part but the last one, and 10,000 parts of it hold far more than a file. */
#define OBJECT_PIECE_SIZE (5 * 1024 * 1024)

/* A request without operation: settings and identity of the current user. Texts live as long as the current memory context. */
extern ObjectRequest object_request(void);

/* Bucket, key and Region, from a value of aws_commons._s3_uri_1 or from three arguments. */
extern void object_name_from_row(ObjectRequest *request, HeapTupleHeader row);
extern void object_name_from_arguments(ObjectRequest *request, FunctionCallInfo fcinfo, int first);

/* Sends it, and raises the error that is answered. The reply is valid until bridge_release_reply or the next request. */
extern void object_send(const ObjectRequest *request, FrameReply *reply);

/* Of an ErrorContextCallback whose argument is that statement: the positions of errors are within it. */
extern void object_error_in_statement(void *sql);

/*
 * Parses a statement COPY that was put together from arguments. Raises an error when it is anything else than one COPY between a table or
 * query and the client, for an argument may have ended the statement early.
 */
extern CopyStmt *object_copy_statement(const char *sql, bool is_from);

#endif
