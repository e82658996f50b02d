/*
  * Two byte locks on one file: one for the worker that runs the bridge, one for the backend that registers a worker.
  */
#ifndef AWS_LAMBDA_LOCK_H
#define AWS_LAMBDA_LOCK_H

#include "postgres.h"

/*
 * Takes the worker's lock for the rest of the process's life. Returns false when another worker holds it.
 */
extern bool worker_lock_take(void);

/* Returns whether any worker holds its lock. */
extern bool worker_lock_is_held(void);

/* Makes this backend the only one that may register a worker, until registrar_lock_release. Returns false when another one is. */
extern bool registrar_lock_take(void);
extern void registrar_lock_release(void);

#endif
