"""A PostgreSQL server of a test: its own directory and Unix socket, no TCP, and a scripted bridge (../peer.py)."""
import os
import pathlib
import shutil
import signal
import subprocess
import time

PEER = str(pathlib.Path(__file__).resolve().parent.parent / "peer.py")
HANG = 60  # seconds: this only ends hangs


class Skipped(Exception):
    """The machine lacks what the test needs."""


class SqlError(Exception):
    def __init__(self, stderr):
        super().__init__(stderr)
        self.state = next((line.split()[1].rstrip(":") for line in stderr.splitlines() if "ERROR:" in line
                           or "FATAL:" in line), "").strip()


def eventually(condition, what):
    """Waits for another process to get there; fails after HANG seconds."""
    end = time.monotonic() + HANG
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.005)
    raise AssertionError(f"never happened: {what}")


def alive(pid):
    """Whether it runs; a zombie does not."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


class Server:
    def __init__(self, bin, directory, **settings):
        self.bin, self.directory = bin, str(directory)
        self.data = os.path.join(self.directory, "data")
        os.makedirs(self.directory)
        self.settings = settings

    def create(self):
        template = os.path.join(os.path.dirname(self.directory), "template")
        if not os.path.exists(template):
            subprocess.run([f"{self.bin}/initdb", "-D", template, "-U", "postgres", "-A", "trust", "--no-sync",
                            "--locale=C.UTF-8", "-E", "UTF8"], check=True, capture_output=True)
        shutil.copytree(template, self.data)
        self.configure(listen_addresses="", unix_socket_directories=self.directory, fsync="off", max_connections=250,
                       log_line_prefix="%m [%p] ", **{"aws_lambda.bridge_program": PEER, **self.settings})
        self.start()
        self.sql("CREATE EXTENSION aws_lambda CASCADE")
        return self

    def configure(self, **settings):
        with open(f"{self.data}/postgresql.conf", "a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def start(self, options="", **environment):
        run = subprocess.run([f"{self.bin}/pg_ctl", "-D", self.data, "-l", f"{self.directory}/log", "-o", options, "-w", "start"],
                             capture_output=True, text=True, env={**os.environ, **environment})
        assert run.returncode == 0, run.stdout + self.log()
        with open(f"{self.data}/postmaster.pid") as file:
            self.postmaster = int(file.readline())

    def stop(self, mode="fast"):
        if os.path.exists(f"{self.data}/postmaster.pid"):
            subprocess.run([f"{self.bin}/pg_ctl", "-D", self.data, "-m", mode, "-w", "-t", str(HANG), "stop"],
                           check=mode == "fast", capture_output=True)

    def log(self):
        try:
            with open(f"{self.directory}/log", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def command(self, *arguments, user="postgres", database="postgres"):
        return [f"{self.bin}/psql", "-X", "-q", "-A", "-t", "-h", self.directory, "-U", user, "-d", database,
                "-v", "VERBOSITY=verbose", "-v", "ON_ERROR_STOP=1", *arguments]

    def sql(self, *statements, **who):
        """Runs the statements in one session, each in its own transaction; rows as text."""
        run = subprocess.run(self.command(**who), input=";\n".join(statements) + ";\n", capture_output=True, text=True,
                             timeout=HANG * 3)
        if run.returncode != 0:
            raise SqlError(run.stderr)
        return run.stdout.strip()

    def error(self, *statements, **who):
        """The SQLSTATE that the statements end with, and the whole message."""
        try:
            result = self.sql(*statements, **who)
        except SqlError as error:
            return error.state, str(error)
        raise AssertionError(f"no error, but {result!r}")

    def invoke(self, function_name, expression="payload"):
        return self.sql(f"SELECT {expression} FROM aws_lambda.invoke('{function_name}', '\"x\"'::json)")

    def works(self):
        assert self.invoke("payload") == '"x"'

    def bridge(self):
        """Process id of the bridge that answers."""
        return int(self.invoke("counters", "payload->>'pid'"))

    def worker(self):
        """Process id of the bridge's supervisor; 0 when there is none. It has no row in pg_stat_activity."""
        for status in pathlib.Path("/proc").glob("[0-9]*/status"):
            try:
                if f"\nPPid:\t{self.postmaster}\n" in status.read_text() and \
                        b"aws_lambda bridge supervisor" in (status.parent / "cmdline").read_bytes():
                    return int(status.parent.name)
            except OSError:  # it ended meanwhile
                continue
        return 0

    def in_background(self, *statements):
        """A session that runs statements which wait for an answer: the process, once it does so, and its backend."""
        process = subprocess.Popen(self.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, env={**os.environ, "PGAPPNAME": "background"})
        process.stdin.write(";\n".join(statements) + ";\n")
        process.stdin.close()
        if "'stall'" in statements[-1]:
            eventually(lambda: self.invoke("counters", "payload->>'stalled'") == "1", "the request reaches the bridge")
        backend = eventually(lambda: self.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'background' "
                                              "AND wait_event_type = 'Extension'"), "a session waits for the bridge")
        return process, int(backend)

    def finish(self, process, cause=lambda: None):
        """What such a session wrote to stderr, and milliseconds from `cause` until it ended."""
        begin = time.monotonic()
        cause()
        process.wait(HANG)
        elapsed = (time.monotonic() - begin) * 1000
        stderr = process.stderr.read()
        process.stdout.close()
        process.stderr.close()
        return stderr, elapsed

    def greeting(self, fault):
        self.spoil("greeting", fault)

    def spoil(self, what, fault):
        path = f"{self.data}/pg_stat_tmp/peer.{what}"
        if fault is None:
            os.unlink(path)
        else:
            with open(path, "w") as file:
                file.write(fault)

    def forget_the_dead(self):
        """After kill -9: what would make a new postmaster believe in the old one, who may stay a zombie for a while."""
        for path in (f"{self.data}/postmaster.pid", f"{self.directory}/.s.PGSQL.5432.lock"):
            os.unlink(path)

    def destroy(self):
        self.stop("immediate")
        shutil.rmtree(self.directory)


def kill(pid, number=signal.SIGKILL):
    assert pid > 1, "0 and below would mean whole groups of processes"
    os.kill(pid, number)
