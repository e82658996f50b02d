/*
  * Connects to a bridge, and has one started when none runs.
  */
#ifndef AWS_LAMBDA_LAUNCH_H
#define AWS_LAMBDA_LAUNCH_H

#include "postgres.h"

#include "patience.h"

/* Called from _PG_init while the server preloads libraries: the worker starts with the server. */
extern void register_static_worker(void);

/* How long a call waits until a bridge has accepted it and answered its greeting, while the bridge takes no other session either. */
extern long bridge_start_limit_ms(void);

/* Makes one interruptible pause between attempts to reach the bridge. */
extern void bridge_pause(const Patience *patience);

/*
 * Returns a connected, non-blocking socket whose server is trusted. Registers a worker when none runs, and waits for its bridge until the
 * patience is over; then raises LM902.
 */
extern pgsocket bridge_connect(Patience *patience);

/* Returns such a socket of a bridge that runs, or PGINVALID_SOCKET when none does. Starts none. */
extern pgsocket bridge_connect_if_running(void);

#endif
