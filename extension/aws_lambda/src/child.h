/*
  * The bridge as a child process: it has its own process group and inherits nothing but stderr.
  */
#ifndef AWS_LAMBDA_CHILD_H
#define AWS_LAMBDA_CHILD_H

#include "postgres.h"

typedef struct Child
{
	pid_t pid;     /* 0 when none runs */
	int life_line; /* write end of the bridge's stdin, which reads EOF when this process has ended */
} Child;

/* Starts the program with these arguments and variables. Returns false, with errno set, when the system has no process or pipe left. */
extern bool child_start(Child *child, const char *program, char *const arguments[], char *const environment[]);

/* Returns whether the child has ended, with its status as from waitpid(), and kills what remains of its group. */
extern bool child_reap(Child *child, int *status);

/* Signals the whole group. */
extern void child_signal(const Child *child, int signal);

#endif
