/*
 * What the bridge is given beyond the server's environment, and what backends are not to see of that one.
 */
#ifndef AWS_LAMBDA_ENVIRONMENT_H
#define AWS_LAMBDA_ENVIRONMENT_H

#include "postgres.h"

/* NULL when the bridge may be given the file of that name; else why not, as a finished sentence. */
extern const char *environment_file_flaw(const char *path);

/*
 * The environment of the bridge: the server's, with what aws_lambda.bridge_environment_file sets. NULL, after a message in the log,
 * when that file may not be used. In one block of memory that environment_forget erases.
 */
typedef struct BridgeEnvironment
{
	char **variables; /* NAME=value, ended by NULL */
	char *content;    /* of the file, which they point into; NULL without one */
	size_t size;
} BridgeEnvironment;

extern bool environment_of_bridge(BridgeEnvironment *environment);
extern void environment_forget(BridgeEnvironment *environment);

/* From the postmaster: takes AWS_* out of the environment that this process and all its children have. */
extern void environment_hide(void);

#endif
