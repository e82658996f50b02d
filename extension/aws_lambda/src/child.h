/*
 * The bridge as a child process: its own process group, nothing inherited but stderr.
 */
#ifndef AWS_LAMBDA_CHILD_H
#define AWS_LAMBDA_CHILD_H

#include "postgres.h"

typedef struct Child
{
	pid_t pid;     /* 0: none runs */
	int life_line; /* write end of its stdin, which reads EOF when this process is gone */
} Child;

/* Starts program with these arguments and variables; false, with errno, when the system has no process or pipe left. */
extern bool child_start(Child *child, const char *program, char *const arguments[], char *const environment[]);

/* Whether it ended; status as from waitpid(). What remains of its group is killed. */
extern bool child_reap(Child *child, int *status);

/* To its whole group. */
extern void child_signal(const Child *child, int signal);

#endif
