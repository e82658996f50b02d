/*
  * What is done around each call of aws_lambda.invoke: it is kept within limits, counted, timed and logged, however it ends.
  */
#ifndef AWS_LAMBDA_INVOCATION_H
#define AWS_LAMBDA_INVOCATION_H

#include "postgres.h"

#include "frame.h"

/* One of the last two follows; the end of the process takes their place. */
extern void invocation_begins(const InvokeRequest *request);

/* Waits until limits allow the call. Raises an error when they do not in time. Returns whether it had to wait. */
extern bool invocation_waits_for_place(const InvokeRequest *request);

extern void invocation_succeeds(const InvokeRequest *request, const FrameReply *reply);

/* The same for a call that ends with an error. */
extern void invocation_fails(const InvokeRequest *request, int sqlstate);

#endif
