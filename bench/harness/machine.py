"""What a figure was measured on."""

import os
import platform
import subprocess
from pathlib import Path


def describe(pg_bindir=None):
    """`pg_bindir`: of the PostgreSQL that takes part, if one does."""
    model = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.machine())
    memory_kb = int(next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal")).split()[1])
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "memory_gb": round(memory_kb / 1e6, 1),
        "kernel": platform.release(),
        "os": _os_name(),
        **({"postgresql": _first_line([f"{pg_bindir}/postgres", "--version"])} if pg_bindir else {}),
        "dotnet": _first_line(["dotnet", "--version"]),
        "load_average_at_start": os.getloadavg()[0],
    }


def summary(machine):
    return (f"{machine['cores']} × {machine['cpu']}, {machine['memory_gb']} GB, {machine['os']}, Linux {machine['kernel']}, "
            f"{machine['postgresql']}, .NET SDK {machine['dotnet']}, load average at start {machine['load_average_at_start']:.2f}")


def _os_name():
    for line in Path("/etc/os-release").read_text().splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.split("=", 1)[1].strip('"')
    return "unknown"


def _first_line(argv):
    try:
        return subprocess.run(argv, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "absent"
