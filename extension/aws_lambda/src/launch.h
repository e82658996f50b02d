/*
 * Getting to a bridge that accepts connections.
 */
#ifndef AWS_LAMBDA_LAUNCH_H
#define AWS_LAMBDA_LAUNCH_H

#include "postgres.h"

#include "deadline.h"

/* From _PG_init while the server preloads: the worker starts with the server. */
extern void register_static_worker(void);

/* How long a call waits for a bridge to accept it and answer its greeting. */
extern long bridge_start_limit_ms(void);

/* One interruptible pause between attempts. */
extern void bridge_pause(void);

/*
 * A connected, non-blocking socket whose server is trusted. Registers a worker when none runs, and waits for its bridge
 * until the deadline; raises LM902 then.
 */
extern pgsocket bridge_connect(const Deadline *deadline);

#endif
