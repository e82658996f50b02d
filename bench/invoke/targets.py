"""What an invocation is to reach, judged only by ratios within one run (and CPU per call, which hardly depends on the load)."""

from dataclasses import dataclass
from statistics import median

from contenders import ENDPOINT_ITSELF, OURS


@dataclass(frozen=True)
class Verdict:
    what: str
    measured: float
    floor: str
    aim: str
    word: str


_RATIOS = (
    # of whom, {sessions: (floor, aim)}
    (ENDPOINT_ITSELF, {1: (0.25, 0.30), 8: (0.23, 0.28), 32: (0.18, 0.22)}),
    ("boto3", {1: (7, 8), 8: (12, 15), 32: (13, 18)}),
    ("http", {1: (1, 1), 8: (1, 1), 32: (1, 1)}),
    ("http_signed", {1: (2, 2), 8: (2, 2), 32: (2, 2)}),
)
_CPU_AT_8_SESSIONS = (("PostgreSQL", 45, 45), ("bridge", 60, 40))
_FIRST_CALL_MS = 3.0


def ratio(rounds, name, other, sessions):
    """The median over the rounds of the ratio within a round; None when one of the two did not run."""
    pairs = zip(rounds.get((name, sessions), ()), rounds.get((other, sessions), ()))
    ratios = [one.calls_per_second / two.calls_per_second for one, two in pairs]
    return median(ratios) if ratios else None


def judge(rounds, first_calls):
    """`rounds`: (name, sessions) → measured rounds; `first_calls`: name → milliseconds of fresh sessions' first calls."""
    verdicts = []
    for other, by_sessions in _RATIOS:
        for sessions, (floor, aim) in by_sessions.items():
            measured = ratio(rounds, OURS, other, sessions)
            if measured is not None:
                verdicts.append(_at_least(f"calls/s over {other}, {sessions} sessions", measured, floor, aim))
    for kind, floor, aim in _CPU_AT_8_SESSIONS:
        if (OURS, 8) in rounds:
            measured = median(one.cpu_us[kind] for one in rounds[OURS, 8])
            verdicts.append(_at_most(f"CPU µs per call of {kind}, 8 sessions", measured, floor, aim))
    if OURS in first_calls:
        verdicts.append(_at_most("first call of a fresh session, ms", median(first_calls[OURS]), _FIRST_CALL_MS, _FIRST_CALL_MS))
    return verdicts


def _at_least(what, measured, floor, aim):
    return Verdict(what, measured, f"≥ {floor}", f"≥ {aim}", _word(measured >= floor, measured >= aim))


def _at_most(what, measured, floor, aim):
    return Verdict(what, measured, f"≤ {floor}", f"≤ {aim}", _word(measured <= floor, measured <= aim))


def _word(floor_held, aim_held):
    return "aim" if aim_held else "floor" if floor_held else "MISSED"
