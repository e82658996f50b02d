/*
 * The one connection that a backend keeps to the bridge.
 */
#ifndef AWS_LAMBDA_CONNECTION_H
#define AWS_LAMBDA_CONNECTION_H

#include "postgres.h"

#include "frame.h"

/*
 * Sends the request and waits, interruptibly, for its Result (or Explanation, or ObjectResult) or Error. Connects, and has the bridge
 * started, when needed. Unless this function returns normally, it closes the connection, which is how the bridge learns of a cancel.
 *
 * The reply points into a buffer of the connection that has room for a NUL after the last byte. It is valid until bridge_release_reply or
 * the next exchange.
 */
extern void bridge_invoke(const InvokeRequest *request, FrameReply *reply);
extern void bridge_explain(const ExplainRequest *request, FrameReply *reply);
extern void bridge_object(const ObjectRequest *request, FrameReply *reply);

/*
 * Asks a bridge that runs for its status, which is JSON. Returns false when none runs, and starts none. Raises an error when it does not
 * answer within a second.
 */
extern bool bridge_status(FrameReply *reply);

/* Closes the connection; the next request opens another one. */
extern void bridge_disconnect(void);

/* Frees the memory of a large reply. The end of a failed transaction or subtransaction frees it as well. */
extern void bridge_release_reply(void);

#endif
