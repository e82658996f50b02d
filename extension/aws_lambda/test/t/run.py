#!/usr/bin/env python3
"""Runs the fault tests: every function of the *_faults.py files beside this one, each with a server of its own, one a processor at a time.

Prints "ok NAME", "not ok NAME" with the reason, or "skip NAME"; ends with 1 when one failed.
"""
import argparse
import importlib
import multiprocessing
import os
import pathlib
import sys
import time
import traceback

from server import Server, Skipped

here = pathlib.Path(__file__).resolve().parent
TIMED = ("wait_faults", "stat_faults", "stat_bridge_faults")


def tests():
    for file in sorted(here.glob("*_faults.py")):
        module = importlib.import_module(file.stem)
        for name, function in vars(module).items():
            if getattr(function, "__module__", None) == module.__name__ and not name.startswith("_"):
                yield file.stem, name


def run(job):
    """A test takes a server that runs, not preloaded; or, when its parameter is `new_server`, makes what it needs."""
    bin, scratch, number, module, name = job
    function = getattr(importlib.import_module(module), name)
    servers = []

    def new_server(**settings):
        servers.append(Server(bin, f"{scratch}/{number}.{len(servers)}-{name[:36]}", **settings))
        return servers[-1]

    begin = time.monotonic()
    try:
        if "new_server" in function.__code__.co_varnames[:function.__code__.co_argcount]:
            note = function(new_server)
        else:
            note = function(new_server().create())
        return True, f"ok {name} ({time.monotonic() - begin:.1f} s{'; ' + note if note else ''})"
    except Skipped as reason:
        return True, f"skip {name}: {reason}"
    except Exception:
        logs = ["    log: " + line[:300] for server in servers for line in server.log().splitlines()[-25:]]
        return False, "\n".join([f"not ok {name}", traceback.format_exc(), *logs])
    finally:
        for server in servers:
            server.destroy()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("names", nargs="*", help="only tests whose name contains one of these")
    arguments = parser.parse_args()
    chosen = [(m, n) for m, n in tests() if not arguments.names or any(part in n for part in arguments.names)]
    Server.make_template(arguments.bin, f"{arguments.scratch}/template")
    work = [(arguments.bin, arguments.scratch, number, *test) for number, test in enumerate(chosen)]
    passed = True
    # Tests that measure how promptly a wait ends have the processors to themselves.
    for timed, processes in ((False, os.cpu_count()), (True, 1)):
        part = [task for task in work if (task[3] in TIMED) == timed]
        with multiprocessing.get_context("fork").Pool(processes, maxtasksperchild=1) as pool:
            for well, told in pool.imap_unordered(run, part):
                print(told, flush=True)
                passed = passed and well
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
