"""The parts of this repository that a measurement needs, built."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "artifacts/bench"

# Finds the build that ./daybreak runs. Missing programs are reported, not installed.
_BUILD = """
set -u
root=$1
. "$root/eng/build.sh"
. "$root/eng/packages.sh"
missing_packages
if [ ${#needed[@]} != 0 ]; then name_packages "${needed[@]}"; say "missing: apt install ${packages[*]}"; exit 1; fi
find_build all || make_build all || exit $?
printf '%s\\n' "$build"
"""


class Missing(Exception):
    """Something a measurement needs is not here; the text says what, and what to do."""


_REMEDIES = {"dotnet": "the .NET 10 SDK: https://dotnet.microsoft.com/download", "wrk": "Debian: apt install wrk"}


def need(*programs):
    """Raises Missing for programs that are not in PATH, before anything is built."""
    missing = [f"{program} ({_REMEDIES[program]})" for program in programs if shutil.which(program) is None]
    if missing:
        raise Missing(f"missing: {', '.join(missing)}")


@dataclass(frozen=True)
class Build:
    """`cli`: the program behind ./daybreak; `bridge`: daybreak-bridge; `pgsql`: bin directory of the private PostgreSQL."""

    cli: Path
    bridge: Path
    pgsql: Path


def build():
    directory = Path(_run(["bash", "-c", _BUILD, "bash", ROOT]).splitlines()[-1])
    servers = sorted((directory / "pgsql").glob("**/bin/postgres"), reverse=True)  # the newest, as in the demo
    if not servers:
        raise Missing("the build has no PostgreSQL with the extensions in it")
    return Build(directory / "cli/daybreak", directory / "bridge/daybreak-bridge", servers[0].parent)


def build_stub_endpoint():
    """The program that answers every Invoke."""
    return publish("StubEndpoint", "stub-endpoint") / "daybreak-bench-stub-endpoint"


def publish(project, into):
    """Builds a program of bench/ and returns its directory."""
    directory = OUTPUT / into
    _run(["dotnet", "publish", ROOT / "bench" / project, "-c", "Release", "-o", directory, "-v", "quiet", "--nologo"])
    return directory


def installed_pgsql():
    """The bin directory of the machine's PostgreSQL."""
    try:
        return Path(_run(["pg_config", "--bindir"]).strip())
    except FileNotFoundError:
        raise Missing("pg_config is not installed (Debian: apt install postgresql libpq-dev)") from None


def _run(argv):
    done = subprocess.run([str(part) for part in argv], capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"{argv[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout
