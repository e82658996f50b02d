"""CPU time and memory of processes, from the kernel's own accounts."""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

_CPUCLOCK_SCHED = 2


def cpu_seconds(pid):
    """User and system time of all threads, ended ones included (clock_getcpuclockid(3)); 0 once the process is gone."""
    try:
        return time.clock_gettime((~pid << 3) | _CPUCLOCK_SCHED)
    except OSError:
        return 0.0


def children_of(pid):
    """The children of all threads of a process, as the kernel lists a child with the thread that forked it."""
    children = []
    with contextlib.suppress(OSError):  # it has ended
        for thread in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError):
                children += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    return children


def descendants_of(pid):
    found = []
    for child in children_of(pid):
        found += [child, *descendants_of(child)]
    return found


def program_of(pid):
    """The name of the file that the process runs; empty once it has ended."""
    try:
        return os.path.basename(os.readlink(f"/proc/{pid}/exe")).removesuffix(" (deleted)")
    except OSError:
        return ""


def command_line_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def age_of(pid):
    """Seconds since the process started; 0 once it has ended."""
    try:
        started = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
    except OSError:
        return 0.0
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """In MB (10^6 bytes). `private`: pages of no other process. `anonymous`: the process's own data, where a page still shared
    since the fork counts by share; unlike `private` it holds no page of PostgreSQL's shared buffers."""

    rss: float
    private: float
    anonymous: float


def memory_of(pid):
    """None once the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return None
    kilobytes = {name: int(value.split()[0]) for name, value in (line.split(":", 1) for line in lines)}
    return Memory(
        rss=kilobytes["Rss"] * 1024 / 1e6,
        private=(kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]) * 1024 / 1e6,
        anonymous=kilobytes["Pss_Anon"] * 1024 / 1e6)


def proportional_mb(pid):
    """Its share of memory in MB (10^6 bytes), a page of n processes counted as 1/n; 0 once the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def machine_busy_seconds():
    """CPU time that processes of the whole machine have used, or the hypervisor gave to others, since boot."""
    user, nice, system, _, _, _, _, steal = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9])
    return (user + nice + system + steal) / os.sysconf("SC_CLK_TCK")
