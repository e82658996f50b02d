/*
  * Raises errors: the only place that turns a failure into ereport.
  */
#ifndef AWS_LAMBDA_REPORT_H
#define AWS_LAMBDA_REPORT_H

#include "postgres.h"

#include "frame.h"

/* 18 renamed PostgreSQL's own macro. Both compilers that can build PostgreSQL know this attribute. */
#define AWS_LAMBDA_NORETURN __attribute__((__noreturn__))

/* Reports an error that the bridge answered. */
extern void report_bridge_error(const FrameReply *reply) AWS_LAMBDA_NORETURN;

/*
 * Report failures on the way to the bridge. The detail is NULL or a finished sentence. An invocation that was sent may have run; an
 * explanation changes nothing.
 */
extern void report_protocol_error(const char *detail) AWS_LAMBDA_NORETURN;
extern void report_no_common_version(const char *detail) AWS_LAMBDA_NORETURN;
extern void report_unavailable(const char *detail, const char *hint) AWS_LAMBDA_NORETURN;
extern void report_connection_lost(const char *detail, bool may_have_run) AWS_LAMBDA_NORETURN;
extern void report_no_answer(long waited_ms, bool may_have_run) AWS_LAMBDA_NORETURN;
extern void report_too_large(uint64_t size) AWS_LAMBDA_NORETURN;
extern void report_too_many(const char *detail) AWS_LAMBDA_NORETURN;

#endif
