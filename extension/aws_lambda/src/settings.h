/*
  * The aws_lambda.* and aws_s3.* settings and values derived from them.
  */
#ifndef AWS_LAMBDA_SETTINGS_H
#define AWS_LAMBDA_SETTINGS_H

#include "postgres.h"

typedef enum Setting
{
	SETTING_CONNECT_TIMEOUT_MS,
	SETTING_REQUEST_TIMEOUT_MS,
	SETTING_REGION,
	SETTING_ENDPOINT_OVERRIDE,
	SETTING_BRIDGE_PROGRAM,
	SETTING_BRIDGE_SOCKET,
	SETTING_MAX_CONNECTIONS,
	SETTING_BRIDGE_ENVIRONMENT_FILE,
	SETTING_HIDE_AWS_ENVIRONMENT,
	SETTING_STAT_MAX,
	SETTING_LOG_MIN_DURATION_MS,
	SETTING_SUPERUSERS_EXEMPT,
	SETTING_MAX_IN_FLIGHT,
	SETTING_MAX_IN_FLIGHT_PER_ROLE,
	SETTING_MAX_IN_FLIGHT_PER_FUNCTION,
	SETTING_IN_FLIGHT_WAIT_MS,
	SETTING_TRACEPARENT,
	SETTING_BREAKER_FAILURES,
	SETTING_BREAKER_PAUSE_MS,
	SETTING_S3_ENDPOINT_URL,
	SETTING_S3_CONNECT_TIMEOUT_MS,
	SETTING_S3_REQUEST_TIMEOUT_MS,
	SETTING_S3_MAX_FILE_SIZE
} Setting;

#define SETTING_COUNT (SETTING_S3_MAX_FILE_SIZE + 1)

extern const char *const setting_names[SETTING_COUNT];

/* Any user may set these in a session. */
extern int setting_connect_timeout_ms;
extern int setting_request_timeout_ms;
extern char *setting_region;
extern int setting_in_flight_wait_ms;
extern char *setting_traceparent;
extern int setting_s3_connect_timeout_ms;
extern int setting_s3_request_timeout_ms;
extern int setting_s3_max_file_size; /* kB */

/* Only the administrator sets these: at server start when preloaded, otherwise by reload. A session never does. */
extern char *setting_endpoint_override;
extern char *setting_s3_endpoint_url;
extern char *setting_bridge_program;
extern char *setting_bridge_socket;
extern int setting_max_connections;
extern char *setting_bridge_environment_file;
extern bool setting_hide_aws_environment;
extern int setting_stat_max;

/* The same, but always by reload. */
extern int setting_max_in_flight;
extern int setting_max_in_flight_per_role;
extern int setting_max_in_flight_per_function;
extern int setting_breaker_failures;
extern int setting_breaker_pause_ms;

/* Superusers set these, in a session as well. */
extern int setting_log_min_duration_ms;
extern bool setting_superusers_exempt;

/* The path is relative to the data directory, the working directory of every server process. */
extern const char *bridge_socket_path(void);

/* Whether somebody else runs the bridge, so that no worker starts one. */
extern bool bridge_is_external(void);

/* Writes the absolute path of the program that the worker runs; to has MAXPGPATH bytes. */
extern void bridge_program_path(char *to);

#endif
