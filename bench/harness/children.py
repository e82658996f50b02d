"""Child processes that end with the measurement, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def as_postgres_user():
    """Popen arguments for a program that refuses to run as root: the `postgres` user then, nothing otherwise."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


class Children(contextlib.AbstractContextManager):
    """Starts programs in sessions of their own and, on exit, ends each with its signal, a bounded wait and SIGKILL."""

    def __init__(self):
        self._running = {}

    def start(self, argv, end_with=signal.SIGTERM, **popen):
        def end_with_parent():
            # The exit handler below does not run when this process is killed outright.
            _libc.prctl(_PR_SET_PDEATHSIG, end_with)

        child = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=end_with_parent, **popen)
        self._running[child] = end_with
        return child

    def stop(self, child, seconds=20):
        """Ends the child if it still runs. Returns the exit status; negative when a signal ended it."""
        end_with = self._running.pop(child, None)
        if end_with is not None and child.poll() is None:
            child.send_signal(end_with)
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        return child.returncode

    def __exit__(self, *_):
        for child in reversed(list(self._running)):
            self.stop(child)


def exit_on_signals():
    """SIGTERM and SIGHUP then unwind like Ctrl-C, so that `with` blocks clean up."""
    def unwind(number, _):
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, unwind)
    signal.signal(signal.SIGHUP, unwind)
