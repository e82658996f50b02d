"""The stub Lambda endpoint, running."""

import os
import shutil
import subprocess


class Stub:
    """With a port, it listens there and keeps account of the calls."""

    def __init__(self, children, program, port=None):
        self.child = children.start([program, *([] if port is None else [str(port)])], stdout=subprocess.PIPE, text=True, env={
            **os.environ, "DOTNET_ROOT": _dotnet_root()})
        self.endpoint = self.child.stdout.readline().strip()
        if not self.endpoint.startswith("http://"):
            raise RuntimeError("the stub endpoint did not start")

    @property
    def pid(self):
        return self.child.pid

    def kill(self):
        self.child.kill()
        self.child.wait()

    def path(self, function="f"):
        return f"{self.endpoint}/2015-03-31/functions/{function}/invocations"


def _dotnet_root():
    return os.environ.get("DOTNET_ROOT") or os.path.dirname(os.path.realpath(shutil.which("dotnet") or "/usr/bin/dotnet"))
