"""The same function, which answers with its event, in each language, and beside it the least HTTP server of that language that calls it."""

import base64
import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from harness import repository

HERE = Path(__file__).resolve().parent

PYTHON = "def handler(event, context):\n    return event\n"
PYTHON_SERVER = '''
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from app import handler

class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):
        body = json.dumps(handler(json.loads(self.rfile.read(int(self.headers["Content-Length"]))), None)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        pass

class Server(ThreadingHTTPServer):
    request_queue_size = 1024

Server(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
'''

NODE = "exports.handler = async (event) => event;\n"
NODE_SERVER = '''
const { handler } = require('./index.js');
require('http').createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  response.end(JSON.stringify(await handler(JSON.parse(Buffer.concat(parts)))));
}).listen(Number(process.argv[2]), '127.0.0.1');
'''


@dataclass
class Language:
    name: str
    runtime: str
    handler: str
    package: bytes
    """The zip, in base64."""
    server: list
    """The peer's command line, to which a port is added."""
    bare: list
    """What starts the interpreter and ends."""
    idle: list = field(default_factory=list)
    """What starts the interpreter and waits, for its memory; empty: not measured."""


def prepare(directory):
    """Those whose programs are here, built."""
    return [language for language in (_python(directory), _node(directory), _dotnet(directory), _c(directory)) if language]


def package(files):
    """files: name → text, bytes or a path. A zip in base64; what may be executed stays so."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, content in files.items():
            mode = 0o644
            if isinstance(content, Path):
                mode = 0o755 if os.access(content, os.X_OK) else 0o644
                content = content.read_bytes()
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            out.writestr(entry, content)
    return base64.b64encode(archive.getvalue()).decode()


def _python(directory):
    # The one that the local AWS takes, which does not look into PATH.
    program = next((path for minor in range(14, 7, -1) if (path := Path(f"/usr/bin/python3.{minor}")).exists()), Path("/usr/bin/python3"))
    if not program.exists():
        return None
    (directory / "app.py").write_text(PYTHON)
    (directory / "server.py").write_text(PYTHON_SERVER)
    return Language("Python", f"python3.{_minor(program)}", "app.handler", package({"app.py": PYTHON}), [program, directory / "server.py"],
                    [program, "-c", "pass"], [program, "-c", "import time; time.sleep(1000)"])


def _minor(program):
    return subprocess.run([program, "-c", "import sys; print(sys.version_info[1])"], capture_output=True, text=True, check=True).stdout.strip()


def _node(directory):
    if not shutil.which("node"):
        return None
    (directory / "index.js").write_text(NODE)
    (directory / "server.js").write_text(NODE_SERVER)
    return Language("Node.js", "nodejs22.x", "index.handler", package({"index.js": NODE}), ["node", directory / "server.js"],
                    ["node", "-e", "0"], ["node", "-e", "setTimeout(() => {}, 1e6)"])


def _dotnet(directory):
    built = repository.publish("runtimes/Echo", "echo")
    files = {path.name: path for path in built.iterdir() if path.suffix in (".dll", ".json")}
    program = built / "Daybreak.Bench.Echo"
    return Language(".NET", "dotnet10", "Daybreak.Bench.Echo::Daybreak.Bench.Echo.Function::Handle", package(files), [program], [program])


def _c(directory):
    if not shutil.which("gcc"):
        return None
    program = directory / "bootstrap"
    done = subprocess.run(["gcc", "-D_GNU_SOURCE", "-O2", "-pthread", "-o", program, HERE / "echo.c"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"gcc: {done.stderr}")
    return Language("C", "provided.al2023", "any", package({"bootstrap": program}), [program], [program, "end"])
