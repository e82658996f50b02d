/*
  * POSIX record locks are used instead of flock(), because a forked bridge does not inherit them, they can be queried without being taken,
  * and the kernel releases them when the process ends for any reason. They are also lost when the process closes any descriptor of the
  * file, so each process opens the file once and keeps it open while it holds a lock.
  */
#include "compat.h"

#include <fcntl.h>
#include <unistd.h>

#include "storage/fd.h"

#include "lock.h"

#define LOCK_FILE "pg_stat_tmp/aws_lambda.lock"
#define WORKER_BYTE 0
#define REGISTRAR_BYTE 1

static int lock_fd = -1;

static void
open_lock_file(void)
{
	if (lock_fd >= 0)
		return;
	lock_fd = open(LOCK_FILE, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (lock_fd < 0)
		ereport(ERROR, errcode_for_file_access(), errmsg("could not open file \"%s\": %m", LOCK_FILE));
}

static void
close_lock_file(void)
{
	close(lock_fd);
	lock_fd = -1;
}

static bool
lock_byte(off_t byte)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

	return fcntl(lock_fd, F_SETLK, &lock) == 0;
}

bool
worker_lock_take(void)
{
	open_lock_file();
	return lock_byte(WORKER_BYTE);
}

bool
worker_lock_is_held(void)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = WORKER_BYTE, .l_len = 1};
	bool was_open = lock_fd >= 0;
	bool held;

	open_lock_file();
	held = fcntl(lock_fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	if (!was_open)
		close_lock_file();
	return held;
}

bool
registrar_lock_take(void)
{
	if (lock_fd >= 0)
		return true; /* this backend holds it already */
	open_lock_file();
	if (lock_byte(REGISTRAR_BYTE))
		return true;
	close_lock_file();
	return false;
}

void
registrar_lock_release(void)
{
	if (lock_fd >= 0)
		close_lock_file();
}
