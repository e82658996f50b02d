"""What is done to a server under load, each kind at random moments that are its interval apart, less or more by half."""

import os
import random
import signal
import time
import urllib.request
from dataclasses import dataclass
from typing import Callable

from harness.libpq import SqlError


@dataclass
class Fault:
    name: str
    interval: float  # seconds
    do: Callable[[], bool]  # whether something was done
    until: float = float("inf")  # seconds after the start
    done: int = 0


class Faults:
    """Does what is due whenever it is asked to. It has no thread of its own: a program that a thread starts would end with that thread."""

    def __init__(self, kinds):
        self.kinds = kinds
        self._began = time.monotonic()
        self._due = {kind.name: self._began + random.uniform(0.5, 1.5) * kind.interval for kind in kinds}

    def do_what_is_due(self):
        for kind in self.kinds:
            now = time.monotonic()
            if now >= self._due[kind.name] and now - self._began < kind.until:
                self._due[kind.name] = now + random.uniform(0.5, 1.5) * kind.interval
                if kind.do():
                    kind.done += 1


class Credentials:
    """The server's user has a profile, whose keys change; the endpoint then refuses the keys before."""

    def __init__(self, path, endpoint):
        self.secrets = []
        self._path = path
        self._endpoint = endpoint
        self.key = None

    def write(self):
        self.key = f"AKIDLOAD{len(self.secrets):08}"
        self.secrets.append(f"secret{random.getrandbits(160):040x}")
        new = self._path.with_suffix(".new")
        new.write_text(f"[default]\naws_access_key_id = {self.key}\naws_secret_access_key = {self.secrets[-1]}\n")
        os.chmod(new, 0o644)
        new.rename(self._path)

    def rotate(self):
        self.write()
        return self.announce()

    def announce(self):
        """The endpoint may be down; who starts it again announces the key again."""
        try:
            urllib.request.urlopen(urllib.request.Request(f"{self._endpoint}/key/{self.key}", method="PUT"), timeout=10).close()
        except OSError:
            return False
        return True


def cancel(sessions):
    backend = random.choice(sessions).backend
    return bool(backend) and _signal(backend, signal.SIGINT)


def terminate(sessions):
    backend = random.choice(sessions).backend
    return bool(backend) and _signal(backend, signal.SIGTERM)


def kill(pids):
    return any([_signal(pid, signal.SIGKILL) for pid in pids])


def reload(admin):
    """Settings that change by reload, to values that let every call pass."""
    try:
        admin.value(f"ALTER SYSTEM SET aws_lambda.log_min_duration_ms = {random.choice((-1, 5000))}")
        admin.value(f"ALTER SYSTEM SET aws_lambda.max_in_flight = {random.choice((0, 1000))}")
        admin.value("SELECT pg_reload_conf()")
    except SqlError:
        return False
    return True


def _signal(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
