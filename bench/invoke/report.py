"""The figures of one run as tables and as JSON."""

import json
from dataclasses import asdict
from statistics import median

from contenders import ENDPOINT_ITSELF, OURS
from harness import machine, table
from targets import judge, ratio

_KINDS = ("PostgreSQL", "bridge", "stub", "client")
# Above this share of the machine's CPU, other programs ran at the same time.
_QUIET = 0.05


class Report:
    """`rounds`: (name, sessions) → list of Measured, one a round."""

    def __init__(self, about, options, titles):
        self.about, self.options, self.titles = about, options, titles
        self.rounds, self.first_calls, self.skipped = {}, {}, {}

    def print(self):
        print(f"\n{machine.summary(self.about)}")
        for sessions in sorted({sessions for _, sessions in self.rounds}):
            print(f"\n{sessions} session{'s' if sessions > 1 else ''}\n")
            print(self._rates(sessions))
        if self.first_calls:
            print("\nFirst call of a fresh session, everything else warm\n")
            print(table.render(
                ("", "median ms", "worst ms"), [(self.titles[name], median(ms), max(ms)) for name, ms in self.first_calls.items()]))
        verdicts = judge(self.rounds, self.first_calls)
        if verdicts:
            print("\nAgainst what is to be reached\n")
            print(table.render(
                ("", "measured", "floor", "aim", "reached"), [(v.what, v.measured, v.floor, v.aim, v.word) for v in verdicts]))
        for name, reason in self.skipped.items():
            print(f"\nSkipped: {self.titles[name]}: {reason}")
        if self.foreign_share > _QUIET:
            print(f"\nNOT A MEASUREMENT: other processes took up to {self.foreign_share:.0%} of the machine's CPU during a round.")

    @property
    def foreign_share(self):
        return max((one.foreign_share for rounds in self.rounds.values() for one in rounds), default=0.0)

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({
            "machine": self.about,
            "options": self.options,
            "quiet": self.foreign_share <= _QUIET,
            "foreign_cpu_share": self.foreign_share,
            "rounds": [
                {"contender": name, "sessions": sessions, "round": number, **asdict(one)}
                for (name, sessions), rounds in self.rounds.items() for number, one in enumerate(rounds, 1)],
            "first_call_ms": self.first_calls,
            "verdicts": [asdict(v) for v in judge(self.rounds, self.first_calls)],
            "skipped": self.skipped,
        }, indent=1) + "\n")

    def _rates(self, sessions):
        rows = []
        for name in dict.fromkeys(name for name, count in self.rounds if count == sessions):
            rounds = self.rounds[name, sessions]
            cpu = [median(one.cpu_us.get(kind, 0.0) for one in rounds) or None for kind in _KINDS]
            rows.append((
                self.titles[name],
                median(one.calls_per_second for one in rounds),
                median(one.p50 for one in rounds),
                median(one.p99 for one in rounds),
                *cpu,
                ratio(self.rounds, name, ENDPOINT_ITSELF, sessions),
                ratio(self.rounds, OURS, name, sessions)))
        return table.render(
            ("", "calls/s", "p50 ms", "p99 ms", *(f"{kind} µs" for kind in _KINDS), "of wrk", "ours ×"), rows)
