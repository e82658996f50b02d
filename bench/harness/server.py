"""A temporary PostgreSQL server with a private directory, which listens on a Unix socket only."""

import os
import signal
import shutil
import subprocess
import time
from pathlib import Path

from . import processes
from .children import as_postgres_user
from .libpq import Session, SqlError

_READY = "database system is ready to accept connections"


class Server:
    """`directory` has to be one that the server's user may enter. Only that user and root reach the socket in it."""

    def __init__(self, children, bindir, directory, settings, environment):
        self._children = children
        self.bindir = Path(bindir)
        self._data = directory / "data"
        self._socket_directory = directory
        self._log = directory / "postgresql.log"
        self._environment = {**os.environ, **environment, "LC_ALL": "C.UTF-8"}
        self._postmaster = None

        directory.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(directory, "postgres", "postgres")
        subprocess.run(
            [self.bindir / "initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=directory, env=self._environment, **as_postgres_user())
        self.settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(directory),
            "max_connections": "100",
            **settings,
        }

    def start(self):
        """Milliseconds from the start of the process until it accepts connections."""
        lines = [f"{name} = '{value}'\n" for name, value in self.settings.items()]
        (self._data / "postgresql.auto.conf").write_text("".join(lines))
        self._log.write_text("")
        os.chmod(self._log, 0o600)
        began = time.perf_counter()
        with open(self._log, "a") as log:
            self._postmaster = self._children.start(
                [self.bindir / "postgres", "-D", self._data], end_with=signal.SIGINT,
                stdout=log, stderr=log, cwd=self._socket_directory, env=self._environment, **as_postgres_user())
        while _READY not in self.log():
            if self._postmaster.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError(f"PostgreSQL did not start:\n{self.log()[-3000:]}")
            time.sleep(0.001)
        return (time.perf_counter() - began) * 1000

    def stop(self):
        self._children.stop(self._postmaster)

    def log(self):
        return self._log.read_text(errors="replace")

    def conninfo(self, database="bench"):
        return f"host={self._socket_directory} user=postgres dbname={database}"

    def session(self, database="bench"):
        return Session(self.conninfo(database))

    def create_database(self):
        with self.session("postgres") as session:
            session.value("CREATE DATABASE bench")

    def run_script(self, path, **variables):
        """Runs a psql script; raises SqlError with what psql said."""
        options = [part for name, value in variables.items() for part in ("-v", f"{name}={value}")]
        done = subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *options, "-d", self.conninfo(), "-f", path],
            capture_output=True, text=True)
        if done.returncode:
            raise SqlError(done.stderr.strip())

    def postgresql_pids(self):
        return [pid for pid in self._tree() if processes.program_of(pid) == "postgres"]

    def bridge_pids(self):
        """Whatever runs below the postmaster and is not PostgreSQL."""
        return [pid for pid in self._tree() if processes.program_of(pid) not in ("postgres", "")]

    @property
    def postmaster_pid(self):
        return self._postmaster.pid

    @property
    def bridge_socket(self):
        return self._data / "pg_stat_tmp/aws_lambda.sock"

    def _tree(self):
        return [self._postmaster.pid, *processes.descendants_of(self._postmaster.pid)]
