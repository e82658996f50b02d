"""A PostgreSQL server of a test: its own directory and Unix socket, no TCP, and a scripted bridge (../peer.py)."""
import os
import pathlib
import select
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
    except (FileNotFoundError, ProcessLookupError):
        return False


class Server:
    def __init__(self, bin, directory, **settings):
        self.bin, self.directory = bin, str(directory)
        self.data = os.path.join(self.directory, "data")
        os.makedirs(self.directory)
        self.settings = settings

    @staticmethod
    def make_template(bin, directory):
        subprocess.run([f"{bin}/initdb", "-D", directory, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8"], check=True,
                       capture_output=True)

    def create(self):
        """From the template that lies beside its directory."""
        template = os.path.join(os.path.dirname(self.directory), "template")
        shutil.copytree(template, self.data)
        self.configure(**{"listen_addresses": "", "unix_socket_directories": self.directory, "fsync": "off", "max_connections": 250,
                          "log_line_prefix": "%m [%p] ", "aws_lambda.bridge_program": PEER, **self.settings})
        self.start()
        self.sql("CREATE EXTENSION aws_lambda CASCADE")
        return self

    def follow(self, primary):
        """Makes this server a streaming standby."""
        subprocess.run([f"{primary.bin}/pg_basebackup", "-h", primary.directory, "-U", "postgres", "-D", self.data, "-R", "-X", "stream",
                        "--checkpoint=fast", "--no-sync"], check=True, capture_output=True)
        os.chmod(self.data, 0o700)
        assert os.listdir(f"{self.data}/pg_stat_tmp") == []  # neither a socket nor a lock of the primary
        self.configure(unix_socket_directories=self.directory, **self.settings)
        self.start()
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

    def version(self):
        """The major version."""
        return int(self.sql("SHOW server_version_num")) // 10000

    def error(self, *statements, **who):
        """The SQLSTATE that the statements end with, and the whole message."""
        try:
            result = self.sql(*statements, **who)
        except SqlError as error:
            return error.state, str(error)
        raise AssertionError(f"no error, but {result!r}")

    def load(self, clients, transactions, *scripts, **how):
        """Starts pgbench with these scripts; a transaction that fails ends its client. How it went is for `loaded`."""
        files = []
        for number, script in enumerate(scripts):
            files += ["-f", f"{self.directory}/load-{number}.sql"]
            with open(files[-1], "w") as file:
                file.write(script)
        host, port = how.get("at", (self.directory, 5432))
        return subprocess.Popen([f"{self.bin}/pgbench", "-n", "-h", host, "-p", str(port), "-U", how.get("user", "postgres"), "-c", str(clients),
                                 "-j", "8", "-t", str(transactions), *files, "postgres"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def loaded(self, process, transactions):
        out, _ = process.communicate(timeout=HANG * 5)
        assert f"number of transactions actually processed: {transactions}/{transactions}" in out, out[-3000:]

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

    def idle(self):
        """A session that waits for nothing of ours: the process, once it does so."""
        process = subprocess.Popen([*self.command(), "-c", "SELECT pg_sleep(600)"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        eventually(lambda: self.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == "1", "a session sleeps")
        return process

    def finish(self, process, cause=lambda: None):
        """What such a session wrote to stderr, and milliseconds from `cause` until psql showed an error: the backend's own exit, after
        the wait, takes tens of milliseconds on some kernels, whatever it has waited for."""
        begin = time.monotonic()
        cause()
        select.select([process.stderr], [], [], HANG)
        elapsed = (time.monotonic() - begin) * 1000
        process.wait(HANG)
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


def has_extension(server, name):
    """Whether that PostgreSQL has it, which need not have been created."""
    share = subprocess.run([f"{server.bin}/pg_config", "--sharedir"], check=True, capture_output=True, text=True).stdout.strip()
    return os.path.exists(f"{share}/extension/{name}.control")


class Session:
    """A psql that stays, and answers one statement after another."""

    def __init__(self, server, user="postgres", **who):
        self.process = subprocess.Popen(server.command(user=user, **who), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)

    def ask(self, statement):
        self.process.stdin.write(statement + ";\n\\echo done\n")
        self.process.stdin.flush()
        rows = []
        while (line := self.process.stdout.readline().rstrip("\n")) != "done":
            assert line or self.process.poll() is None, f"psql ended at {statement}"
            rows.append(line)
        return " ".join(row for row in rows if row)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(HANG)
        self.process.stdout.close()
