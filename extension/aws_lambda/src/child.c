#include "compat.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "child.h"

/* ---- in the child, between fork and exec: only async-signal-safe calls ---- */

static void
die_with_parent(pid_t parent)
{
#ifdef __linux__
	/* This takes effect from now on only, so a parent that has already exited must be detected. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
#else
	(void) parent; /* On other systems, the bridge notices EOF on its standard input. */
#endif
}

/*
 * When memory is short, the system should end the bridge rather than a backend: that costs the calls in flight, while the death of a
 * backend makes PostgreSQL restart all sessions. Raising one's own score needs no privilege.
 */
static void
offer_to_oom_killer(void)
{
#ifdef __linux__
	static const char score[] = "800\n"; /* of 1000 */
	int file = open("/proc/self/oom_score_adj", O_WRONLY);
	ssize_t ignored;

	if (file < 0)
		return;
	ignored = write(file, score, sizeof score - 1);
	(void) ignored;
	close(file);
#endif
}

static void
reset_signals(void)
{
	struct sigaction default_action = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int signal = 1; signal < NSIG; signal++)
		(void) sigaction(signal, &default_action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void
close_all_but_standard(void)
{
	struct rlimit limit;
	rlim_t end = 65536;

#if defined(__linux__) && defined(SYS_close_range)
	if (syscall(SYS_close_range, 3, ~0U, 0) == 0)
		return;
#endif
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < end)
		end = limit.rlim_cur;
	for (rlim_t fd = 3; fd < end; fd++)
		close((int) fd);
}

static void
become(pid_t parent, int standard_input, const char *program, char *const arguments[], char *const environment[])
{
	static const char failure[] = "aws_lambda: could not execute the bridge: ";
	const char *reason;
	ssize_t written;

	setpgid(0, 0);
	die_with_parent(parent);
	reset_signals();
	umask(S_IRWXG | S_IRWXO);
	if (dup2(standard_input, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		_exit(126);
	close_all_but_standard();
	offer_to_oom_killer();
	execve(program, arguments, environment);

	reason = strerror(errno);
	written = write(STDERR_FILENO, failure, sizeof failure - 1);
	written += write(STDERR_FILENO, reason, strlen(reason));
	written += write(STDERR_FILENO, "\n", 1);
	_exit(written > 0 ? 127 : 126);
}

/* ---- in the worker ---- */

static bool
open_life_line(int ends[2])
{
	if (pipe(ends) < 0)
		return false;
	(void) fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	(void) fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return true;
}

bool
child_start(Child *child, const char *program, char *const arguments[], char *const environment[])
{
	pid_t parent = getpid();
	int ends[2];
	sigset_t all, before;
	pid_t pid;
	int fork_errno;

	if (!open_life_line(ends))
		return false;

	/* The child must not run the server's signal handlers. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid == 0)
		become(parent, ends[0], program, arguments, environment);
	fork_errno = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);

	close(ends[0]);
	if (pid < 0)
	{
		close(ends[1]);
		errno = fork_errno;
		return false;
	}
	/* Parent and child both set the group, so that a signal to it arrives whichever of them runs first. */
	(void) setpgid(pid, pid);
	child->pid = pid;
	child->life_line = ends[1];
	return true;
}

bool
child_reap(Child *child, int *status)
{
	if (waitpid(child->pid, status, WNOHANG) != child->pid)
		return false;
	child_signal(child, SIGKILL);
	close(child->life_line);
	child->pid = 0;
	return true;
}

void
child_signal(const Child *child, int signal)
{
	if (child->pid != 0)
		(void) kill(-child->pid, signal);
}
