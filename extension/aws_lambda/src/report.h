/*
 * Raising an error: the one place that turns a failure into ereport.
 */
#ifndef AWS_LAMBDA_REPORT_H
#define AWS_LAMBDA_REPORT_H

#include "postgres.h"

#include "frame.h"

/* What the bridge answered. */
extern void report_bridge_error(const FrameReply *reply) pg_attribute_noreturn();

/* What went wrong on the way to it; detail is NULL or a finished sentence. */
extern void report_protocol_error(const char *detail) pg_attribute_noreturn();
extern void report_no_common_version(const char *detail) pg_attribute_noreturn();
extern void report_unavailable(const char *detail, const char *hint) pg_attribute_noreturn();
extern void report_connection_lost(const char *detail) pg_attribute_noreturn();
extern void report_no_answer(long waited_ms) pg_attribute_noreturn();
extern void report_too_large(uint64_t size) pg_attribute_noreturn();

#endif
