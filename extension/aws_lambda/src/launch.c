#include "compat.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "miscadmin.h"
#include "postmaster/bgworker.h"

#include "environment.h"
#include "launch.h"
#include "lock.h"
#include "report.h"
#include "settings.h"

#define START_LIMIT_MS 10000
#define PAUSE_MIN_MS 5
#define PAUSE_MAX_MS 200
#define STATIC_WORKER_MS 2000 /* a preloading server starts its own worker well before */

static bool preloaded = false;

/* ---- the worker ---- */

static BackgroundWorker
describe_worker(void)
{
	BackgroundWorker worker = {
		.bgw_name = "aws_lambda bridge supervisor",
		.bgw_type = "aws_lambda bridge supervisor",
		.bgw_flags = BGWORKER_SHMEM_ACCESS,
		.bgw_start_time = BgWorkerStart_ConsistentState, /* so that hot standbys can invoke as well */
		.bgw_restart_time = 1,
		.bgw_library_name = "aws_lambda",
		.bgw_function_name = "aws_lambda_bridge_main",
	};

	return worker;
}

void
register_static_worker(void)
{
	BackgroundWorker worker = describe_worker();

	preloaded = true;
	RegisterBackgroundWorker(&worker);
}

/*
 * Registers a worker when none runs and no other session is registering one. Of many sessions that call at once, the one that gets the
 * registrar's lock does it; the others only retry connecting.
 */
static void
ensure_worker(const Patience *patience, bool *registered)
{
	BackgroundWorker worker = describe_worker();

	if (*registered || bridge_is_external() || worker_lock_is_held())
		return;
	if (preloaded && deadline_elapsed_ms(&patience->longest) < STATIC_WORKER_MS)
		return;
	if (!registrar_lock_take())
		return;
	if (!RegisterDynamicBackgroundWorker(&worker, NULL))
		report_unavailable("No background worker slot is free to start the bridge.",
			"Raise max_worker_processes, or add aws_lambda to shared_preload_libraries.");
	*registered = true;
}

/* ---- the socket ---- */

/* Returns PGINVALID_SOCKET when nobody listens there (yet). */
static pgsocket
try_connect(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	pgsocket sock;

	strlcpy(address.sun_path, bridge_socket_path(), sizeof address.sun_path);
	sock = socket(AF_UNIX, SOCK_STREAM, 0);
	if (sock == PGINVALID_SOCKET)
		report_unavailable(psprintf("Could not create a socket: %m."), NULL);
	if (fcntl(sock, F_SETFD, FD_CLOEXEC) == 0 && pg_set_noblock(sock) && connect(sock, (struct sockaddr *) &address, sizeof address) == 0)
		return sock;
	{
		int connect_errno = errno;

		closesocket(sock);
		errno = connect_errno;
	}
	/* EAGAIN: at this moment more sessions are connecting than the bridge's backlog holds. */
	if (errno != ENOENT && errno != ECONNREFUSED && errno != EAGAIN && errno != EINTR)
		report_unavailable(psprintf("Could not connect to \"%s\": %m.", address.sun_path), NULL);
	return PGINVALID_SOCKET;
}

/* A request contains confidential data, so it is only sent to a bridge of our own user or of root. */
static void
check_peer(pgsocket sock)
{
	uid_t user;
	gid_t group;

	if (getpeereid(sock, &user, &group) == 0 && (user == geteuid() || user == 0))
		return;
	closesocket(sock);
	report_unavailable(psprintf("The socket \"%s\" is not served by the server's own user.", bridge_socket_path()),
		"Remove it, and check who may write to its directory.");
}

/* ---- called from connection.c ---- */

long
bridge_start_limit_ms(void)
{
	/* An external bridge either runs or does not. Our own bridge may still be starting. */
	return bridge_is_external() ? setting_connect_timeout_ms : START_LIMIT_MS;
}

/*
 * The pause grows with the time that was waited already: a bridge that starts late is met little later for it, and hundreds of
 * sessions that wait for the same one leave it the processors that it needs for starting.
 */
void
bridge_pause(const Patience *patience)
{
	static uint32 wait_event = 0;
	long pause_ms = Min(Max(deadline_elapsed_ms(&patience->longest) / 8, PAUSE_MIN_MS), PAUSE_MAX_MS);

	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, pause_ms, named_wait_event("AwsLambdaConnect", &wait_event));
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
}

static void
check_program(const char *program)
{
	if (access(program, X_OK) == 0)
		return;
	report_unavailable(
		psprintf("Could not execute \"%s\": %m.", program), "Install the bridge there, or name its program in aws_lambda.bridge_program.");
}

static void
check_environment_file(const char *path)
{
	const char *flaw = path[0] != '\0' ? environment_file_flaw(path) : NULL;

	if (flaw != NULL)
		report_unavailable(psprintf("The bridge's environment is not taken from \"%s\": %s", path, flaw),
			"Put it right, or name another file in aws_lambda.bridge_environment_file.");
}

static void
give_up(const Deadline *deadline, const char *program)
{
	const char *detail = psprintf("Nobody accepted a connection at \"%s\" within %ld ms.", bridge_socket_path(), deadline->limit_ms);

	if (bridge_is_external())
		report_unavailable(detail, "Start the bridge that serves aws_lambda.bridge_socket.");
	report_unavailable(detail, psprintf("The server log says why \"%s\" does not start.", program));
}

static pgsocket
connect_until(Patience *patience)
{
	char program[MAXPGPATH];
	bool registered = false;
	bool checked = false;

	bridge_program_path(program);
	for (;;)
	{
		pgsocket sock = try_connect();

		if (sock != PGINVALID_SOCKET)
			return sock;
		if (!checked && !bridge_is_external())
		{
			check_program(program);
			check_environment_file(setting_bridge_environment_file);
		}
		checked = true;
		ensure_worker(patience, &registered);
		if (patience_is_over(patience))
			give_up(&patience->deadline, program);
		bridge_pause(patience);
	}
}

pgsocket
bridge_connect(Patience *patience)
{
	volatile pgsocket sock = PGINVALID_SOCKET;

	if (!IsUnderPostmaster)
		report_unavailable("A server in single-user mode runs no bridge.", NULL);
	PG_TRY();
	{
		sock = connect_until(patience);
	}
	PG_FINALLY();
	{
		registrar_lock_release();
	}
	PG_END_TRY();
	check_peer(sock);
	return sock;
}

pgsocket
bridge_connect_if_running(void)
{
	pgsocket sock = try_connect();

	if (sock != PGINVALID_SOCKET)
		check_peer(sock);
	return sock;
}
