"""A round: a load that runs while the time between two readings of every process's CPU clock is looked at."""

import time
from dataclasses import dataclass

from . import processes


@dataclass(frozen=True)
class Window:
    """`begin` and `end` are wall-clock seconds; CPU seconds per kind of process; `foreign_share` is the part of the machine's
    CPU time that went to processes which have nothing to do with the measurement."""

    begin: float
    end: float
    cpu_seconds: dict
    foreign_share: float

    @property
    def seconds(self):
        return self.end - self.begin


def watch(cores, warmup, duration, pids_by_kind):
    """Sleeps through the warm-up, then watches for `duration` seconds. `pids_by_kind`: kind → function that lists its pids."""
    time.sleep(warmup)
    before = _read(pids_by_kind)
    begin, busy = time.time(), processes.machine_busy_seconds()
    time.sleep(duration)
    end, busy = time.time(), processes.machine_busy_seconds() - busy
    after = _read(pids_by_kind)

    used = {kind: sum(seconds - before[kind].get(pid, 0.0) for pid, seconds in after[kind].items() if seconds) for kind in after}
    foreign = max(0.0, busy - sum(used.values())) / (cores * (end - begin))
    return Window(begin, end, used, foreign)


def _read(pids_by_kind):
    return {kind: {pid: processes.cpu_seconds(pid) for pid in pids()} for kind, pids in pids_by_kind.items()}
