/*
 * Who runs the bridge, and who has one started: two byte locks on one file.
 */
#ifndef AWS_LAMBDA_LOCK_H
#define AWS_LAMBDA_LOCK_H

#include "postgres.h"

/*
 * Takes the worker's lock for the rest of the process's life. False when another worker holds it.
 */
extern bool worker_lock_take(void);

/* Whether some worker holds its lock. */
extern bool worker_lock_is_held(void);

/* Becomes the one backend that may register a worker, until registrar_lock_release. False when another one is. */
extern bool registrar_lock_take(void);
extern void registrar_lock_release(void);

#endif
