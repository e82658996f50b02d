/*
  * Before a session loads the library itself, it may have set anything under the names of our settings. PostgreSQL keeps such a value as
  * the text of a placeholder, and remembers only one value to reset to. Settings that come with the connection (PGOPTIONS, ALTER ROLE,
  * ALTER DATABASE) overwrite there the value of postgresql.conf or of the server's command line. When the definition of the setting refuses
  * them, PostgreSQL falls back to the default. We then ask a background worker: the postmaster starts it with the server's values, and no
  * session has set anything in it.
  */
#include "compat.h"

#include "access/xact.h"
#include "access/parallel.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/ipc.h"

#include "report.h"
#include "server_settings.h"
#include "settings.h"

#define VALUE_SIZE 2048

PGDLLEXPORT void aws_lambda_report_settings(Datum argument);

typedef struct ServerSetting
{
	bool reported;
	GucSource source;
	char value[VALUE_SIZE];
} ServerSetting;

static bool hidden[SETTING_COUNT];

/* Whether the server's configuration files or command line set the value. */
static bool
is_of_server(GucSource source)
{
	return source <= PGC_S_ARGV;
}

void
refuse_to_load_in_parallel_mode(void)
{
	if (!IsInParallelMode())
		return;
	for (int i = 0; i < SETTING_COUNT; i++)
		if (find_setting(setting_names[i]) != NULL)
			ereport(ERROR, errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("aws_lambda cannot be loaded during a parallel operation"),
				errdetail("PostgreSQL applies no settings then, so that \"%s\" would be lost.", setting_names[i]),
				errhint("Call aws_lambda.invoke outside of parallel plans, or add aws_lambda to shared_preload_libraries."));
}

void
note_hidden_settings(void)
{
	/* A starting parallel worker receives the settings of its leader next. */
	if (!IsUnderPostmaster || IsParallelWorker())
		return;
	for (int i = 0; i < SETTING_COUNT; i++)
	{
		struct config_generic *placeholder = find_setting(setting_names[i]);

		hidden[i] = placeholder != NULL && !is_of_server(placeholder->reset_source);
	}
}

/* Whether the server's value is still missing because the value that hid it was refused. */
static bool
is_missing(int i)
{
	return hidden[i] && is_of_server(find_setting(setting_names[i])->reset_source);
}

/* ---- in the worker ---- */

void
aws_lambda_report_settings(Datum argument)
{
	dsm_segment *segment;
	ServerSetting *settings;

	BackgroundWorkerUnblockSignals();
	segment = dsm_attach(DatumGetUInt32(argument));
	if (segment == NULL)
		proc_exit(0); /* the session that asked has ended */
	settings = dsm_segment_address(segment);
	for (int i = 0; i < SETTING_COUNT; i++)
	{
		settings[i].source = find_setting(setting_names[i])->source;
		settings[i].reported = strlcpy(settings[i].value, GetConfigOption(setting_names[i], false, false), VALUE_SIZE) < VALUE_SIZE;
	}
	dsm_detach(segment);
	proc_exit(0);
}

/* ---- in the session ---- */

static void
ask(dsm_segment *segment)
{
	BackgroundWorker worker = {
		.bgw_name = "aws_lambda settings",
		.bgw_type = "aws_lambda settings",
		.bgw_flags = BGWORKER_SHMEM_ACCESS,
		.bgw_start_time = BgWorkerStart_ConsistentState,
		.bgw_restart_time = BGW_NEVER_RESTART,
		.bgw_library_name = "aws_lambda",
		.bgw_function_name = "aws_lambda_report_settings",
		.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(segment)),
		.bgw_notify_pid = MyProcPid,
	};
	BackgroundWorkerHandle *handle;

	if (!RegisterDynamicBackgroundWorker(&worker, &handle))
		report_unavailable("No background worker slot is free to tell the server's settings, which the session hides.",
			"Do not set them for a connection, a role or a database; or raise max_worker_processes.");
	(void) WaitForBackgroundWorkerShutdown(handle);
}

void
restore_hidden_settings(void)
{
	dsm_segment *segment = NULL;

	for (int i = 0; i < SETTING_COUNT; i++)
	{
		const ServerSetting *setting;

		if (!is_missing(i))
			continue;
		if (segment == NULL)
		{
			segment = dsm_create(SETTING_COUNT * sizeof(ServerSetting), 0);
			memset(dsm_segment_address(segment), 0, SETTING_COUNT * sizeof(ServerSetting));
			ask(segment);
		}
		setting = (const ServerSetting *) dsm_segment_address(segment) + i;
		if (!setting->reported)
			report_unavailable(psprintf("The server's value of \"%s\", which the session hides, could not be learned.", setting_names[i]),
				"Do not set it for a connection, a role or a database; the server log may say more.");
		if (setting->source > PGC_S_DEFAULT)
			(void) set_config_option(setting_names[i], setting->value, PGC_SIGHUP, setting->source, GUC_ACTION_SET, true, ERROR, false);
		hidden[i] = false;
	}
	if (segment != NULL)
		dsm_detach(segment);
}
