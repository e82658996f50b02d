"""Memory and descriptors of processes while the load goes on: they have to stay flat."""

import collections
import statistics
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    second: float
    anonymous_mb: float  # RssAnon: the process's own data, without shared buffers (10^6 bytes)
    descriptors: int


@dataclass(frozen=True)
class Course:
    """Medians of the second and the last quarter of the samples of one process."""

    kind: str
    pid: int
    samples: int
    seconds: float
    memory: tuple
    descriptors: tuple

    def is_flat(self, memory_mb, share, descriptors):
        """Whether it grew by no more than `memory_mb`, or that share of what it had, and no more than so many descriptors."""
        before, after = self.memory
        return after - before <= max(memory_mb, share * before) and self.descriptors[1] - self.descriptors[0] <= descriptors


class Watch:
    """Looks at the processes every `interval` seconds; `pids_by_kind`: kind → function that lists them."""

    def __init__(self, pids_by_kind, interval):
        self._pids_by_kind = pids_by_kind
        self._interval = interval
        self._samples = collections.defaultdict(list)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self):
        self._thread.start()

    def stop(self):
        self._stop.set()
        self._thread.join()

    def courses(self, at_least):
        """Of the processes that lived for so many samples."""
        for (kind, pid), samples in sorted(self._samples.items()):
            if len(samples) < at_least:
                continue
            quarter = len(samples) // 4
            second, last = samples[quarter:2 * quarter], samples[-quarter:]
            yield Course(
                kind, pid, len(samples), samples[-1].second - samples[0].second,
                tuple(statistics.median(one.anonymous_mb for one in part) for part in (second, last)),
                tuple(statistics.median(one.descriptors for one in part) for part in (second, last)))

    def _run(self):
        second = 0.0
        while not self._stop.wait(self._interval):
            second += self._interval
            for kind, pids in self._pids_by_kind.items():
                for pid in pids():
                    if (sample := _look(pid, second)) is not None:
                        self._samples[kind, pid].append(sample)


def _look(pid, second):
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:  # it has ended
        return None
    memory = next((line for line in status.splitlines() if line.startswith("RssAnon:")), None)
    return Sample(second, int(memory.split()[1]) * 1024 / 1e6, descriptors) if memory else None
