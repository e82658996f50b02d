"""Adds up the reports of all test suites. Used by ./test.

Reads from one directory: NAME.json (Common Test Report Format, https://ctrf.io), NAME.died (a suite that ended without one,
and what ran for long in it), NAME.hung.log (a suite that was run once more), extension.log, packages.log, load.log and majors.log (whose
last line counts). Prints failed and skipped tests, what each suite took, and, last, `N passed, N failed, N skipped`.
"""
import json
import pathlib
import re
import sys

reports = pathlib.Path(sys.argv[1])
passed, failures, skips, times = 0, [], [], []

for report in sorted(reports.glob("*.json")):
    results = json.loads(report.read_text(encoding="utf-8"))["results"]
    times.append(f"{report.stem} {(results['summary']['stop'] - results['summary']['start']) / 1000:.0f} s")
    for test in results["tests"]:
        if test["status"] == "passed":
            passed += 1
        elif test["status"] == "failed":
            failures.append((report.stem, test["name"], test.get("message") or "", test.get("trace") or ""))
        else:
            skips.append((report.stem, test["name"], test.get("extra", {}).get("reason") or "no reason given"))

for died in sorted(reports.glob("*.died")):
    name, *running = died.read_text(encoding="utf-8").strip().splitlines()
    failures.append((died.stem, name, "\n".join(running + [f"see {died.with_suffix('.log')}"]), ""))

scripts_passed = scripts_failed = scripts_skipped = 0
for log in (reports / f"{name}.log" for name in ("extension", "packages", "load", "majors")):
    if not log.exists():
        continue
    text = log.read_text(encoding="utf-8", errors="replace")
    counts = re.findall(r"^(\d+) passed, (\d+) failed, (\d+) skipped\s*$", text, re.M)
    if not counts:
        failures.append((log.stem, "the runner gave no count", f"see {log}", ""))
        continue
    scripts_passed += int(counts[-1][0])
    scripts_failed += int(counts[-1][1])
    scripts_skipped += int(counts[-1][2])
    for line in re.findall(r"^(?:not ok|skip) .*", text, re.M):
        print(f"{log.stem}: {line}")

for suite, name, message, trace in failures:
    print(f"\nFAILED {suite}: {name}\n  " + "\n  ".join((message + "\n" + trace).strip().splitlines()[:30]))
for suite, name, reason in skips:
    print(f"skipped {suite}: {name}: {reason}")

for hung in sorted(reports.glob("*.hung.log")):
    running = re.findall(r".*Long Running.*", hung.read_text(encoding="utf-8", errors="replace"))
    print("\n  ".join([f"{hung.stem}: the suite did not end and was run once more; what ran last:", *running[-6:]]))
if times:
    print(", ".join(times))

failed = len(failures) + scripts_failed
print(f"{passed + scripts_passed} passed, {failed} failed, {len(skips) + scripts_skipped} skipped")
sys.exit(1 if failed or passed + scripts_passed == 0 else 0)
