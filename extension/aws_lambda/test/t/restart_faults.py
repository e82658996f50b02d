"""Restarts under load, as Patroni and administrators do them: each ends with one bridge, and with calls that work."""
import os
import re
import subprocess
import threading

from server import HANG, SqlError, alive, eventually

CALLS = "SELECT count(*) FROM generate_series(1, 20) n, aws_lambda.invoke('late:5', to_json(n))"
# Terminated by the administrator, by a crash of another process, by the end of the bridge; no connection, or none any more.
ENDINGS = re.compile(r"57P01|57P02|LM902|LM903|psql: error: |server closed the connection|connection to client lost")


class _Load:
    """Sessions that come, call, and go."""

    def __init__(self, server, sessions):
        self.server, self.over, self.answered, self.unexpected = server, threading.Event(), 0, []
        self.threads = [threading.Thread(target=self._call) for _ in range(sessions)]
        for thread in self.threads:
            thread.start()

    def _call(self):
        while not self.over.is_set():
            try:
                assert self.server.sql(CALLS) == "20"
                self.answered += 1
            except SqlError as error:
                if not ENDINGS.search(str(error)):
                    self.unexpected.append(str(error))
                self.over.wait(0.02)

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join(HANG)
        assert not self.unexpected, self.unexpected[:3]


def restarts_under_load_leave_one_bridge_and_lose_no_session_for_good(new_server):
    for preload in ({"shared_preload_libraries": "aws_lambda"}, {}):
        server = new_server(**preload).create()
        load = _Load(server, 8)
        try:
            for mode in ("fast", "immediate", "fast"):
                answered = load.answered
                eventually(lambda: load.answered > answered + 8, "calls are answered")
                bridge = server.bridge()
                run = subprocess.run([f"{server.bin}/pg_ctl", "-D", server.data, "-l", f"{server.directory}/log", "-m", mode, "-w", "restart"],
                                     capture_output=True, text=True)
                assert run.returncode == 0, run.stdout + run.stderr
                with open(f"{server.data}/postmaster.pid") as file:
                    server.postmaster = int(file.readline())
                assert not alive(bridge), mode
            answered = load.answered
            eventually(lambda: load.answered > answered + 8, "calls are answered after the last restart")
        finally:
            load.end()
        server.works()
        assert len(re.findall("started aws_lambda bridge", server.log())) == 4, server.log()
        assert sorted(os.listdir(f"{server.data}/pg_stat_tmp"))[-2:] == ["aws_lambda.lock", "aws_lambda.sock"]
