"""The two clients that make the load: pgbench for SQL, wrk for the endpoint itself."""

import json
import math
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .window import watch

_WRK_SCRIPT = Path(__file__).with_name("post.lua")


@dataclass(frozen=True)
class Measured:
    """One round of one contender: latencies in milliseconds, CPU in microseconds per call and kind of process."""

    calls: int
    calls_per_second: float
    p50: float
    p99: float
    cpu_us: dict
    foreign_share: float


class TooCold(Exception):
    """A session had not finished its first call when the window began."""


def pgbench(children, server, directory, sql, sessions, warmup, duration, mode, pids_by_kind):
    """Percentiles come from pgbench's log of every transaction, cut to the window."""
    script = directory / "pgbench.sql"
    script.write_text(sql.rstrip().rstrip(";") + ";\n")
    prefix = directory / "transactions"
    cores = os.cpu_count()
    client = children.start(
        [server.bindir / "pgbench", "-n", "-M", mode, "-c", str(sessions), "-j", str(min(sessions, cores)),
         "-T", str(math.ceil(warmup + duration + 0.5)), "-f", script, "-l", f"--log-prefix={prefix}", server.conninfo()],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        window = watch(cores, warmup, duration, {**pids_by_kind, "client": lambda: [client.pid]})
        complaints = client.communicate()[1]
        if client.returncode:
            raise RuntimeError(f"pgbench: {complaints.strip()}")
        return _from_log(directory.glob("transactions.*"), sessions, window)
    finally:
        children.stop(client)
        for log in directory.glob("transactions.*"):
            log.unlink()


def _from_log(logs, sessions, window):
    # Columns: client, transaction, duration in microseconds, script, end (seconds, microseconds).
    latencies, warm = [], set()
    for log in logs:
        with open(log) as lines:
            for line in lines:
                client, _, took, _, second, microsecond = line.split()[:6]
                ended = int(second) + int(microsecond) / 1e6
                if ended < window.begin:
                    warm.add(client)
                elif ended <= window.end:
                    latencies.append(int(took))
    if len(warm) < sessions:
        raise TooCold
    if not latencies:
        raise RuntimeError("not one call ended within the window: it is too short")
    latencies.sort()
    calls = len(latencies)
    return Measured(
        calls=calls,
        calls_per_second=calls / window.seconds,
        p50=latencies[calls // 2] / 1000,
        p99=latencies[min(calls - 1, calls * 99 // 100)] / 1000,
        cpu_us={kind: seconds * 1e6 / calls for kind, seconds in window.cpu_seconds.items()},
        foreign_share=window.foreign_share)


def wrk(children, url, payload, connections, warmup, duration, pids_by_kind, headers=None):
    """wrk counts its whole run, so the CPU per call of its window is taken over the run's own rate."""
    cores = os.cpu_count()
    client = children.start(
        ["wrk", "-t", str(min(connections, cores)), "-c", str(connections), "-d", f"{math.ceil(warmup + duration + 0.5)}s",
         "--latency", "--timeout", "20s", "-s", _WRK_SCRIPT,
         *(part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")), url, "--", payload],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        window = watch(cores, warmup, duration, {**pids_by_kind, "client": lambda: [client.pid]})
        output = client.communicate()[0]
    finally:
        children.stop(client)
    if client.returncode:
        raise RuntimeError(f"wrk: {output.strip()}")
    summary = json.loads(output.strip().splitlines()[-1])
    if summary["failed"]:
        raise RuntimeError(f"wrk: {summary['failed']} of {summary['requests']} requests failed")
    rate = summary["requests"] / summary["seconds"]
    calls = rate * window.seconds
    return Measured(
        calls=round(calls),
        calls_per_second=rate,
        p50=summary["p50_ms"],
        p99=summary["p99_ms"],
        cpu_us={kind: seconds * 1e6 / calls for kind, seconds in window.cpu_seconds.items()},
        foreign_share=window.foreign_share)
