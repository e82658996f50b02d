/*
  * Loading of the library: it defines the settings; at server start it also registers the worker and asks for shared memory.
  */
#include "compat.h"

#include <limits.h>
#include <sys/un.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "environment.h"
#include "launch.h"
#include "server_settings.h"
#include "settings.h"
#include "shared.h"
#include "traceparent.h"

PG_MODULE_MAGIC;

void _PG_init(void);

#define BRIDGE_DEFAULT_SOCKET "pg_stat_tmp/aws_lambda.sock"
#define BRIDGE_DEFAULT_PROGRAM "daybreak-bridge" /* relative to $libdir */

#define TIMEOUT_MAX_MS 900000 /* the longest run time of a Lambda function */
#define STAT_MAX_MAX 100000
#define IN_FLIGHT_MAX 100000
#define BREAKER_FAILURES_MAX 1000
#define S3_FILE_SIZE_KB (6 * 1024 * 1024)      /* Aurora's */
#define S3_FILE_SIZE_MAX_KB (40 * 1024 * 1024) /* an upload has 10,000 parts at most, and a row 1 GB */

const char *const setting_names[SETTING_COUNT] = {
	[SETTING_CONNECT_TIMEOUT_MS] = "aws_lambda.connect_timeout_ms",
	[SETTING_REQUEST_TIMEOUT_MS] = "aws_lambda.request_timeout_ms",
	[SETTING_REGION] = "aws_lambda.region",
	[SETTING_ENDPOINT_OVERRIDE] = "aws_lambda.endpoint_override",
	[SETTING_BRIDGE_PROGRAM] = "aws_lambda.bridge_program",
	[SETTING_BRIDGE_SOCKET] = "aws_lambda.bridge_socket",
	[SETTING_MAX_CONNECTIONS] = "aws_lambda.max_connections",
	[SETTING_BRIDGE_ENVIRONMENT_FILE] = "aws_lambda.bridge_environment_file",
	[SETTING_HIDE_AWS_ENVIRONMENT] = "aws_lambda.hide_aws_environment",
	[SETTING_STAT_MAX] = "aws_lambda.stat_max",
	[SETTING_LOG_MIN_DURATION_MS] = "aws_lambda.log_min_duration_ms",
	[SETTING_SUPERUSERS_EXEMPT] = "aws_lambda.superusers_exempt",
	[SETTING_MAX_IN_FLIGHT] = "aws_lambda.max_in_flight",
	[SETTING_MAX_IN_FLIGHT_PER_ROLE] = "aws_lambda.max_in_flight_per_role",
	[SETTING_MAX_IN_FLIGHT_PER_FUNCTION] = "aws_lambda.max_in_flight_per_function",
	[SETTING_IN_FLIGHT_WAIT_MS] = "aws_lambda.in_flight_wait_ms",
	[SETTING_TRACEPARENT] = "aws_lambda.traceparent",
	[SETTING_BREAKER_FAILURES] = "aws_lambda.breaker_failures",
	[SETTING_BREAKER_PAUSE_MS] = "aws_lambda.breaker_pause_ms",
	[SETTING_S3_ENDPOINT_URL] = "aws_s3.endpoint_url",
	[SETTING_S3_CONNECT_TIMEOUT_MS] = "aws_s3.connect_timeout_ms",
	[SETTING_S3_REQUEST_TIMEOUT_MS] = "aws_s3.request_timeout_ms",
	[SETTING_S3_MAX_FILE_SIZE] = "aws_s3.max_file_size",
};

int setting_connect_timeout_ms = 1000;
int setting_request_timeout_ms = 3000;
char *setting_region = NULL;
char *setting_endpoint_override = NULL;
char *setting_bridge_program = NULL;
char *setting_bridge_socket = NULL;
int setting_max_connections = 100;
char *setting_bridge_environment_file = NULL;
bool setting_hide_aws_environment = false;
int setting_stat_max = 1000;
int setting_log_min_duration_ms = -1;
bool setting_superusers_exempt = false;
int setting_max_in_flight = 0;
int setting_max_in_flight_per_role = 0;
int setting_max_in_flight_per_function = 0;
int setting_in_flight_wait_ms = 1000;
char *setting_traceparent = NULL;
int setting_breaker_failures = 0;
int setting_breaker_pause_ms = 10000;
char *setting_s3_endpoint_url = NULL;
int setting_s3_connect_timeout_ms = 5000;
int setting_s3_request_timeout_ms = 60000;
int setting_s3_max_file_size = S3_FILE_SIZE_KB;

const char *
bridge_socket_path(void)
{
	return setting_bridge_socket[0] != '\0' ? setting_bridge_socket : BRIDGE_DEFAULT_SOCKET;
}

bool
bridge_is_external(void)
{
	return setting_bridge_socket[0] != '\0';
}

void
bridge_program_path(char *to)
{
	if (setting_bridge_program[0] != '\0')
		strlcpy(to, setting_bridge_program, MAXPGPATH);
	else
		snprintf(to, MAXPGPATH, "%s/%s", pkglib_path, BRIDGE_DEFAULT_PROGRAM);
}

static bool
check_bridge_socket(char **value, void **extra, GucSource source)
{
	if (strlen(*value) < sizeof(((struct sockaddr_un *) NULL)->sun_path))
		return true;
	GUC_check_errdetail("The path of a Unix socket holds at most %d bytes.", (int) sizeof(((struct sockaddr_un *) NULL)->sun_path) - 1);
	return false;
}

static void
define_session_settings(void)
{
	DefineCustomIntVariable(setting_names[SETTING_CONNECT_TIMEOUT_MS], "Longest wait for a connection to the Lambda endpoint.", NULL,
		&setting_connect_timeout_ms, 1000, 1, TIMEOUT_MAX_MS, PGC_USERSET, GUC_UNIT_MS, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_REQUEST_TIMEOUT_MS], "Longest wait for the answer of an invocation.",
		"A function that runs longer than this fails for the caller, but may run on.", &setting_request_timeout_ms, 3000, 1, TIMEOUT_MAX_MS,
		PGC_USERSET, GUC_UNIT_MS, NULL, NULL, NULL);
	DefineCustomStringVariable(setting_names[SETTING_REGION], "AWS Region of a function for which a call names none.",
		"Empty: the Region of the bridge's environment.", &setting_region, "", PGC_USERSET, 0, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_IN_FLIGHT_WAIT_MS], "Longest wait for a place where calls in flight are limited.",
		"0 does not wait.", &setting_in_flight_wait_ms, 1000, 0, TIMEOUT_MAX_MS, PGC_USERSET, GUC_UNIT_MS, NULL, NULL, NULL);
	DefineCustomStringVariable(setting_names[SETTING_TRACEPARENT], "W3C trace context that calls belong to.",
		"A traceparent in a comment of the statement counts before it. Empty: none.", &setting_traceparent, "", PGC_USERSET, 0,
		check_traceparent, NULL, NULL);
}

/*
 * PGC_SIGHUP is the narrowest context possible for a library that a session loads. Like PGC_POSTMASTER it refuses SET, ALTER ROLE, ALTER
 * DATABASE and connection options, and discards a placeholder's value from any of these. server_settings.c restores the server's values
 * that such a placeholder had hidden.
 */
static void
define_administrator_settings(void)
{
	GucContext context = process_shared_preload_libraries_in_progress ? PGC_POSTMASTER : PGC_SIGHUP;

	DefineCustomStringVariable(setting_names[SETTING_ENDPOINT_OVERRIDE], "URL used instead of the Region's Lambda endpoint.", NULL,
		&setting_endpoint_override, "", context, 0, NULL, NULL, NULL);
	DefineCustomStringVariable(setting_names[SETTING_BRIDGE_PROGRAM], "Program that makes the calls, started by the server.",
		"Empty: daybreak-bridge in the server's library directory.", &setting_bridge_program, "", context, 0, NULL, NULL, NULL);
	DefineCustomStringVariable(setting_names[SETTING_BRIDGE_SOCKET], "Unix socket of a bridge that is run by somebody else.",
		"Empty: the server runs its own.", &setting_bridge_socket, "", context, 0, check_bridge_socket, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_MAX_CONNECTIONS], "Connections that the bridge keeps to one endpoint, at most.", NULL,
		&setting_max_connections, 100, 1, 10000, context, 0, NULL, NULL, NULL);
	DefineCustomStringVariable(setting_names[SETTING_BRIDGE_ENVIRONMENT_FILE],
		"File of environment variables that the bridge alone is given.",
		"Lines of NAME=value; the server's user owns it, and nobody else may read it. Empty: none.", &setting_bridge_environment_file, "",
		context, GUC_SUPERUSER_ONLY, NULL, NULL, NULL);
	DefineCustomBoolVariable(setting_names[SETTING_HIDE_AWS_ENVIRONMENT],
		"Takes AWS_* out of the environment of all processes of the server.",
		"Needs shared_preload_libraries. What the bridge is to have stands in aws_lambda.bridge_environment_file.",
		&setting_hide_aws_environment, false, context, 0, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_STAT_MAX], "Functions and qualifiers that statistics are kept of, at most.",
		"Needs shared_preload_libraries. 0 keeps none.", &setting_stat_max, 1000, 0, STAT_MAX_MAX, context, 0, NULL, NULL, NULL);
}

/* They follow a reload even when preloaded, so that a limit can be set while there is trouble. */
static void
define_limit_settings(void)
{
	DefineCustomIntVariable(setting_names[SETTING_MAX_IN_FLIGHT], "Calls in flight in the server, at most.",
		"Needs shared_preload_libraries. 0: no limit.", &setting_max_in_flight, 0, 0, IN_FLIGHT_MAX, PGC_SIGHUP, 0, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_MAX_IN_FLIGHT_PER_ROLE], "Calls in flight of one role, at most.",
		"Needs shared_preload_libraries. 0: no limit.", &setting_max_in_flight_per_role, 0, 0, IN_FLIGHT_MAX, PGC_SIGHUP, 0, NULL, NULL,
		NULL);
	DefineCustomIntVariable(setting_names[SETTING_MAX_IN_FLIGHT_PER_FUNCTION], "Calls in flight of one function, at most.",
		"Needs shared_preload_libraries. 0: no limit.", &setting_max_in_flight_per_function, 0, 0, IN_FLIGHT_MAX, PGC_SIGHUP, 0, NULL, NULL,
		NULL);
}

/* The same. */
static void
define_breaker_settings(void)
{
	DefineCustomIntVariable(setting_names[SETTING_BREAKER_FAILURES],
		"Calls in a row that an endpoint does not answer, after which calls of it fail at once for a while.", "0: they never do.",
		&setting_breaker_failures, 0, 0, BREAKER_FAILURES_MAX, PGC_SIGHUP, 0, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_BREAKER_PAUSE_MS], "How long that is, before a single call tries the endpoint again.",
		NULL, &setting_breaker_pause_ms, 10000, 1, TIMEOUT_MAX_MS, PGC_SIGHUP, GUC_UNIT_MS, NULL, NULL, NULL);
}

/* A superuser may set these in a session, too. */
static void
define_superuser_settings(void)
{
	DefineCustomIntVariable(setting_names[SETTING_LOG_MIN_DURATION_MS], "Invocations that take at least this long are logged.",
		"0 logs all, -1 none. The payload is not logged.", &setting_log_min_duration_ms, -1, -1, INT_MAX, PGC_SUSET, GUC_UNIT_MS, NULL,
		NULL, NULL);
	DefineCustomBoolVariable(setting_names[SETTING_SUPERUSERS_EXEMPT], "Lets superusers invoke what no rule of daybreak.allow gives them.",
		NULL, &setting_superusers_exempt, false, PGC_SUSET, 0, NULL, NULL, NULL);
}

static void
define_s3_settings(void)
{
	GucContext context = process_shared_preload_libraries_in_progress ? PGC_POSTMASTER : PGC_SIGHUP;

	DefineCustomStringVariable(setting_names[SETTING_S3_ENDPOINT_URL], "URL used instead of the Region's Amazon S3 endpoint.", NULL,
		&setting_s3_endpoint_url, "", context, 0, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_S3_CONNECT_TIMEOUT_MS], "Longest wait for a connection to Amazon S3.", NULL,
		&setting_s3_connect_timeout_ms, 5000, 1, TIMEOUT_MAX_MS, PGC_USERSET, GUC_UNIT_MS, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_S3_REQUEST_TIMEOUT_MS],
		"Longest wait for Amazon S3 to send or take one piece of an object.", "A piece has 5 MB at most.", &setting_s3_request_timeout_ms,
		60000, 1, TIMEOUT_MAX_MS, PGC_USERSET, GUC_UNIT_MS, NULL, NULL, NULL);
	DefineCustomIntVariable(setting_names[SETTING_S3_MAX_FILE_SIZE], "Size of an exported file, after which the next one begins.", NULL,
		&setting_s3_max_file_size, S3_FILE_SIZE_KB, 1, S3_FILE_SIZE_MAX_KB, PGC_USERSET, GUC_UNIT_KB, NULL, NULL, NULL);
}

static void
define_settings(void)
{
	static bool defined = false;

	/* After an error PostgreSQL calls _PG_init again, but a setting can only be defined once. */
	if (defined)
		return;
	refuse_to_load_in_parallel_mode();
	note_hidden_settings();
	define_session_settings();
	define_administrator_settings();
	define_limit_settings();
	define_breaker_settings();
	define_superuser_settings();
	define_s3_settings();
	reserve_setting_prefix("aws_lambda");
	reserve_setting_prefix("aws_s3");
	defined = true;
}

static void
warn_of_no_effect(Setting setting)
{
	ereport(WARNING, errmsg("\"%s\" has no effect", setting_names[setting]), errhint("Add aws_lambda to shared_preload_libraries."));
}

void
_PG_init(void)
{
	define_settings();
	restore_hidden_settings();

	if (!process_shared_preload_libraries_in_progress)
	{
		if (setting_hide_aws_environment)
			warn_of_no_effect(SETTING_HIDE_AWS_ENVIRONMENT);
		if (setting_max_in_flight > 0)
			warn_of_no_effect(SETTING_MAX_IN_FLIGHT);
		if (setting_max_in_flight_per_role > 0)
			warn_of_no_effect(SETTING_MAX_IN_FLIGHT_PER_ROLE);
		if (setting_max_in_flight_per_function > 0)
			warn_of_no_effect(SETTING_MAX_IN_FLIGHT_PER_FUNCTION);
		return;
	}
	if (setting_hide_aws_environment)
		environment_hide();
	request_shared_memory();
	if (!bridge_is_external())
		register_static_worker();
}
