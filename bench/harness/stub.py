"""The stub Lambda endpoint, running."""

import os
import shutil
import subprocess


class Stub:
    def __init__(self, children, program):
        self._child = children.start([program], stdout=subprocess.PIPE, text=True, env={
            "PATH": os.environ["PATH"], "DOTNET_ROOT": _dotnet_root()})
        self.endpoint = self._child.stdout.readline().strip()
        if not self.endpoint.startswith("http://"):
            raise RuntimeError("the stub endpoint did not start")

    @property
    def pid(self):
        return self._child.pid

    def path(self, function="f"):
        return f"{self.endpoint}/2015-03-31/functions/{function}/invocations"


def _dotnet_root():
    return os.environ.get("DOTNET_ROOT") or os.path.dirname(os.path.realpath(shutil.which("dotnet") or "/usr/bin/dotnet"))
