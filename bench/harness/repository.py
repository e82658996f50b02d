"""The parts of this repository that a measurement needs, built."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Missing(Exception):
    """Something a measurement needs is not here; the text says what, and what to do."""


def build_stub_endpoint(into):
    """The program that answers every Invoke."""
    _dotnet("publish", ROOT / "bench/StubEndpoint", into)
    return into / "daybreak-bench-stub-endpoint"


def build_pgsql(into):
    """A PostgreSQL installation of its own with the extensions and the bridge in it; returns its bin directory."""
    script = ROOT / "eng/pgsql-tree"
    if not script.exists():
        raise Missing(f"{script.relative_to(ROOT)} is not in this checkout")
    bridge = into / "bridge"
    _dotnet("publish", ROOT / "src/Daybreak.Bridge", bridge)
    return Path(_run([script, into / "pgsql", bridge]).splitlines()[-1])


def installed_pgsql():
    """The bin directory of the machine's PostgreSQL."""
    try:
        return Path(_run(["pg_config", "--bindir"]).strip())
    except FileNotFoundError:
        raise Missing("pg_config is not installed (Debian: apt install postgresql libpq-dev)") from None


def _dotnet(verb, project, into):
    _run(["dotnet", verb, project, "-c", "Release", "-o", into, "-v", "quiet", "--nologo"])


def _run(argv):
    done = subprocess.run([str(part) for part in argv], capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"{argv[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout
