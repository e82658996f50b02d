#!/usr/bin/env python3
"""Runs the fault tests: every function of the *_faults.py files beside this one, each with a server of its own.

Prints "ok NAME", "not ok NAME" with the reason, or "skip NAME"; ends with 1 when one failed.
"""
import argparse
import importlib
import pathlib
import sys
import time
import traceback

from server import Server, Skipped

here = pathlib.Path(__file__).resolve().parent


def tests():
    for file in sorted(here.glob("*_faults.py")):
        module = importlib.import_module(file.stem)
        for name, function in vars(module).items():
            if getattr(function, "__module__", None) == module.__name__ and not name.startswith("_"):
                yield name, function


def run(name, function, arguments):
    """A test takes a server that runs, not preloaded; or, when its parameter is `new_server`, makes what it needs."""
    servers = []

    def new_server(**settings):
        servers.append(Server(arguments.bin, f"{arguments.scratch}/{len(servers)}-{name[:40]}", **settings))
        return servers[-1]

    begin = time.monotonic()
    try:
        if "new_server" in function.__code__.co_varnames[:function.__code__.co_argcount]:
            note = function(new_server)
        else:
            note = function(new_server().create())
        print(f"ok {name} ({time.monotonic() - begin:.1f} s{'; ' + note if note else ''})", flush=True)
        return True
    except Skipped:
        print(f"skip {name}", flush=True)
        return True
    except Exception:
        print(f"not ok {name}", flush=True)
        traceback.print_exc()
        for server in servers:
            print("\n".join("    log: " + line[:300] for line in server.log().splitlines()[-25:]), file=sys.stderr)
        return False
    finally:
        for server in servers:
            server.destroy()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("names", nargs="*", help="only tests whose name contains one of these")
    arguments = parser.parse_args()
    chosen = [(n, f) for n, f in tests() if not arguments.names or any(part in n for part in arguments.names)]
    return 0 if all([run(name, function, arguments) for name, function in chosen]) else 1


sys.exit(main())
