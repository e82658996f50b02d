"""`./daybreak up`, from the launcher as a user types it."""

import socket
import subprocess
import time

from . import processes, repository
from .lambda_api import LambdaApi

CREDENTIALS = ("test", "test")
REGION = "us-east-1"


class LocalAws:
    """A local AWS that runs from its construction on; `children` ends it."""

    def __init__(self, children, directory, *options):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.endpoint, self._port = f"http://127.0.0.1:{port}", port
        self._log = directory / f"daybreak-{port}.log"
        began = time.perf_counter()
        with open(self._log, "w") as log:
            self.process = children.start([repository.ROOT / "daybreak", "up", "--port", str(port), *options], stdout=log, stderr=log)
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > 120:
                raise RuntimeError(f"./daybreak up does not answer:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.002)
        self.started_ms = (time.perf_counter() - began) * 1000

    def _answers(self):
        try:
            LambdaApi(self.endpoint, CREDENTIALS, REGION).call("GET", "/2015-03-31/functions")
            return True
        except OSError:
            return False

    def command_ms(self, verb):
        """Milliseconds that `./daybreak VERB` takes, from the launcher to its end."""
        began = time.perf_counter()
        done = subprocess.run([repository.ROOT / "daybreak", verb, "--port", str(self._port)], capture_output=True, text=True)
        took = (time.perf_counter() - began) * 1000
        if done.returncode:
            raise RuntimeError(f"./daybreak {verb}: {done.stderr.strip()}")
        return took

    def pids(self):
        return [self.process.pid]

    def child_pids(self):
        return processes.descendants_of(self.process.pid)
