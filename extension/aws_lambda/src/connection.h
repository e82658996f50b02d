/*
 * The one connection that a backend keeps to the bridge.
 */
#ifndef AWS_LAMBDA_CONNECTION_H
#define AWS_LAMBDA_CONNECTION_H

#include "postgres.h"

#include "frame.h"

/*
 * Sends the request and waits, interruptibly, for its Result (Explanation) or Error. Connects (and has the bridge started) when needed.
 * However this ends other than by returning, the connection is closed, which is how the bridge learns of a cancel.
 *
 * The reply points into a buffer of the connection, NUL-terminable after the last byte, until bridge_release_reply or the
 * next exchange.
 */
extern void bridge_invoke(const InvokeRequest *request, FrameReply *reply);
extern void bridge_explain(const ExplainRequest *request, FrameReply *reply);

/* Gives back the memory of a large reply; the end of a transaction or subtransaction that failed does so as well. */
extern void bridge_release_reply(void);

#endif
