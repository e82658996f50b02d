/*
  * The environment of the bridge: what it has beyond the server's, and what is hidden from backends.
  */
#ifndef AWS_LAMBDA_ENVIRONMENT_H
#define AWS_LAMBDA_ENVIRONMENT_H

#include "postgres.h"

/* Returns NULL when the bridge may use the file of that name; otherwise the reason as a finished sentence. */
extern const char *environment_file_flaw(const char *path);

/*
 * The environment of the bridge: the server's, plus what aws_lambda.bridge_environment_file sets. environment_of_bridge returns false,
 * after a message in the log, when that file may not be used. The content is one block of memory that environment_forget erases.
 */
typedef struct BridgeEnvironment
{
	char **variables; /* NAME=value, terminated by NULL */
	char *content;    /* of the file, which the variables point into; NULL without a file */
	size_t size;
} BridgeEnvironment;

extern bool environment_of_bridge(BridgeEnvironment *environment);
extern void environment_forget(BridgeEnvironment *environment);

/* Called in the postmaster: removes AWS_* from the environment of this process and so of all its children. */
extern void environment_hide(void);

#endif
