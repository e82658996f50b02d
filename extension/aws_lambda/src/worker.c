/*
  * The background worker: it keeps one bridge running, and ends the bridge when it ends itself.
  */
#include "compat.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"

#include "child.h"
#include "deadline.h"
#include "environment.h"
#include "lock.h"
#include "settings.h"
#include "supervision.h"

#define BACKOFF_FIRST_MS 50
#define BACKOFF_MAX_MS 5000 /* a call waits twice as long for a bridge, so that it outlasts every pause */
#define HEALTHY_MS 3000     /* after running this long, the next failure counts as the first */
#define STOP_LIMIT_MS 500

PGDLLEXPORT void aws_lambda_bridge_main(Datum argument);

static Child bridge;

static void
handle_child_exit(SIGNAL_ARGS)
{
	int save_errno = errno;

	SetLatch(MyLatch);
	errno = save_errno;
}

/* Runs at every orderly end of this process, including the death of the postmaster and an ERROR. */
static void
kill_bridge(int code, Datum argument)
{
	child_signal(&bridge, SIGKILL);
}

static void
tell_end(int code, Datum argument)
{
	supervision_ends();
}

/* Sleeps until something happens or limit_ms have passed (-1: without limit). */
static void
wait_for_events(long limit_ms)
{
	int timeout = limit_ms >= 0 ? WL_TIMEOUT : 0;

	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH | timeout, limit_ms, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	if (ConfigReloadPending)
	{
		ConfigReloadPending = false;
		ProcessConfigFile(PGC_SIGHUP);
	}
}

static bool
start_bridge(void)
{
	char program[MAXPGPATH];
	char connections[16];
	char *arguments[] = {program, "--socket", unconstify(char *, bridge_socket_path()), "--max-connections", connections, NULL};
	BridgeEnvironment environment;
	bool started;

	if (!environment_of_bridge(&environment))
		return false;
	bridge_program_path(program);
	snprintf(connections, sizeof connections, "%d", setting_max_connections);
	/* A killed bridge left this socket. Nobody else serves it, because only the holder of the lock gets here. */
	(void) unlink(bridge_socket_path());
	started = child_start(&bridge, program, arguments, environment.variables);
	environment_forget(&environment);
	if (!started)
	{
		ereport(LOG, errmsg("could not start aws_lambda bridge \"%s\": %m", program));
		return false;
	}
	supervision_bridge_started(bridge.pid);
	ereport(LOG, errmsg("started aws_lambda bridge \"%s\" (PID %d)", program, (int) bridge.pid));
	return true;
}

static void
log_exit(int pid, int status, long backoff_ms)
{
	if (WIFSIGNALED(status))
		ereport(LOG,
			errmsg("aws_lambda bridge (PID %d) was terminated by signal %d; restarting it in %ld ms", pid, WTERMSIG(status), backoff_ms));
	else
		ereport(
			LOG, errmsg("aws_lambda bridge (PID %d) exited with code %d; restarting it in %ld ms", pid, WEXITSTATUS(status), backoff_ms));
}

/* Runs the bridge once, until it ends or this worker is to end. */
static void
run_bridge(long *backoff_ms)
{
	Deadline healthy = deadline_after(HEALTHY_MS);
	int status;
	int pid = bridge.pid;

	while (!child_reap(&bridge, &status))
	{
		if (ShutdownRequestPending)
			return;
		wait_for_events(-1);
	}
	supervision_bridge_ended();
	if (deadline_left_ms(&healthy) == 0)
		*backoff_ms = BACKOFF_FIRST_MS;
	log_exit(pid, status, *backoff_ms);
}

static void
back_off(long backoff_ms)
{
	Deadline deadline = deadline_after(backoff_ms);

	while (!ShutdownRequestPending && deadline_left_ms(&deadline) > 0)
		wait_for_events(deadline_left_ms(&deadline));
}

static void
stop_bridge(void)
{
	Deadline deadline = deadline_after(STOP_LIMIT_MS);
	int status;

	child_signal(&bridge, SIGTERM);
	while (bridge.pid != 0 && !child_reap(&bridge, &status) && deadline_left_ms(&deadline) > 0)
		wait_for_events(deadline_left_ms(&deadline));
	child_signal(&bridge, SIGKILL);
	(void) unlink(bridge_socket_path());
}

void
aws_lambda_bridge_main(Datum argument)
{
	long backoff_ms = BACKOFF_FIRST_MS;

	pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGCHLD, handle_child_exit);
	BackgroundWorkerUnblockSignals();

	/* Otherwise the .NET runtime would leave a diagnostics socket in the temporary directory whenever it is killed. */
	(void) setenv("DOTNET_EnableDiagnostics", "0", 0);

	/* Exit code 0 ends this worker for good: another one runs, or somebody else runs the bridge. */
	if (bridge_is_external() || !worker_lock_take())
		proc_exit(0);
	on_proc_exit(kill_bridge, (Datum) 0);
	supervision_begins();
	before_shmem_exit(tell_end, (Datum) 0);

	while (!ShutdownRequestPending)
	{
		if (start_bridge())
			run_bridge(&backoff_ms);
		back_off(backoff_ms);
		backoff_ms = Min(backoff_ms * 2, BACKOFF_MAX_MS);
	}
	stop_bridge();
	/* With exit code 1, a worker that was terminated while the server goes on is started again. */
	proc_exit(1);
}
