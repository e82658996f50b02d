#!/usr/bin/env python3
"""Takes databases from each PostgreSQL to the newer ones: by dumps of either pg_dump, and by pg_upgrade. Run by eng/test-majors.

Arguments: the bin directories of the servers, the oldest first. Prints "ok NAME" or "not ok NAME" with the reason; the last line is
N passed, N failed, N skipped.
"""
import argparse
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
import traceback

from server import Server

PRELOAD = {"shared_preload_libraries": "aws_lambda"}
ROLE = "arn:aws:iam::123456789012:role/orders"
ROLES = ("CREATE ROLE orders", "CREATE ROLE app LOGIN IN ROLE orders")
CONTENT = (
    "CREATE EXTENSION daybreak",
    "GRANT USAGE ON SCHEMA aws_lambda TO orders", "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO orders",
    # The type in a table, in an array, in a domain over it, in a generated index, and in another type.
    "CREATE TYPE target AS (arn aws_commons._lambda_function_arn_1, note text)",
    "CREATE TABLE functions (id int PRIMARY KEY, arn aws_commons._lambda_function_arn_1 DEFAULT aws_commons.create_lambda_function_arn('none'), "
    "all_arns aws_commons._lambda_function_arn_1[], one target)",
    "CREATE INDEX ON functions ((aws_commons.create_lambda_function_arn((arn).function_name, 'x')))",
    "INSERT INTO functions VALUES (1, aws_commons.create_lambda_function_arn('echo', 'eu-west-1'), ARRAY[ROW('a', NULL)]::aws_commons._lambda_function_arn_1[], "
    "ROW(ROW('b,\"c', 'eu-west-1'), 'd')), (2, ROW('payload', NULL), '{}', NULL)",
    "INSERT INTO functions (id) VALUES (3)",
    "CREATE VIEW answers AS SELECT id, coalesce(r.payload->>'region', r.payload::text) AS answer, r.status_code "
    "FROM functions, LATERAL aws_lambda.invoke(arn, to_json(id)) r WHERE id < 3",
    "CREATE FUNCTION ask(int) RETURNS text LANGUAGE sql AS 'SELECT answer FROM answers WHERE id = $1'",
    "CREATE FUNCTION named(aws_commons._lambda_function_arn_1) RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN (SELECT payload->>'iam_role' FROM "
    "aws_lambda.invoke($1, '1'::json)); END$$",
    "CREATE MATERIALIZED VIEW regions AS SELECT id, (arn).region FROM functions",
    "GRANT SELECT ON functions, answers TO orders",
    "SELECT daybreak.allow('orders', 'echo'), daybreak.allow('orders', 'payload', '{RequestResponse}'), daybreak.allow('PUBLIC', 'x-*', '{Event}')",
    f"SELECT daybreak.assume('app', '{ROLE}', 'id')",
)
# A database that has nothing of ours: if not even that gets from one server to the other, the test is skipped. PostgreSQL 17.12 of Debian, for
# one, stores an option of every column that 18.6 does not know.
PLAIN = ("CREATE TABLE plain AS SELECT 1 AS one",)
# What is asked as app, and its answer, before and after.
CHECKS = (
    ("SELECT string_agg(functions::text, ';' ORDER BY id) FROM functions",
     '(1,"(echo,eu-west-1)","{""(a,)""}","(""(""""b,""""""""c"""",eu-west-1)"",d)");(2,"(payload,)",{},);(3,"(none,)",,)'),
    ("SELECT string_agg(concat_ws(' ', id, answer, status_code), ';' ORDER BY id) FROM answers", "1 eu-west-1 200;2 2 200"),
    ("SELECT ask(1), named(arn) FROM functions WHERE id = 1", f"eu-west-1|{ROLE}"),
    ("SELECT string_agg(concat_ws(' ', rule, role, pattern, types), ';' ORDER BY rule) FROM daybreak.allowed",
     "1 orders echo {RequestResponse,Event,DryRun};2 orders payload {RequestResponse};3 PUBLIC x-* {Event}"),
    ("SELECT role, iam_role, external_id FROM daybreak.assumed", f"app|{ROLE}|id"),
    ("SELECT string_agg(concat_ws(' ', extname, extversion), ';' ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'",
     "aws_commons 1.2;aws_lambda 2.0;daybreak 1.2"),
)


def check(server, content, database="postgres"):
    if content == PLAIN:
        assert server.sql("TABLE plain", database=database) == "1"
        return
    for question, answer in CHECKS:
        told = server.sql(question, user="app", database=database)
        assert told == answer, f"{question}\n  gave {told}\n  not  {answer}"
    state, message = server.error("SELECT aws_lambda.invoke('counters', '1'::json)", user="app", database=database)
    assert state == "42501" and 'role "app" may not invoke function "counters"' in message, message
    # A rule made later has a number of its own.
    assert server.sql("BEGIN", "SELECT daybreak.allow('app', 'counters') > 3", "ROLLBACK", database=database) == "t"


class Majors:
    def __init__(self, bins, scratch):
        self.bins = {int(bin.split("/")[-2]): bin for bin in bins}
        self.scratch, self.made = scratch, 0
        for major, bin in self.bins.items():
            os.mkdir(f"{scratch}/{major}")
            Server.make_template(bin, f"{scratch}/{major}/template")

    def server(self, major, **settings):
        self.made += 1
        return Server(self.bins[major], f"{self.scratch}/{major}/{os.getpid()}.{self.made}", **PRELOAD, **settings)


def dumps_restore(majors, old, new, content=CONTENT):
    """By the pg_dump of the old server, and by that of the new one, which the manual recommends."""
    source, target = majors.server(old).create(), majors.server(new).create()
    try:
        source.sql("DROP EXTENSION aws_lambda, aws_commons", "CREATE DATABASE content", *ROLES)
        if content == CONTENT:
            source.sql("CREATE EXTENSION aws_lambda CASCADE", database="content")
        source.sql(*content, database="content")
        check(source, content, "content")
        roles = subprocess.run([f"{target.bin}/pg_dumpall", "--roles-only", "-h", source.directory, "-U", "postgres"], check=True, capture_output=True, text=True)
        subprocess.run([*target.command(), "-v", "ON_ERROR_STOP=0"], input=roles.stdout, check=True, capture_output=True, text=True)
        for of, bin in (("old", source.bin), ("new", target.bin)):
            dump = subprocess.run([f"{bin}/pg_dump", "-h", source.directory, "-U", "postgres", "content"], check=True, capture_output=True, text=True).stdout
            target.sql(f"CREATE DATABASE by_{of}")
            # A setting of the newer pg_dump may be unknown to an older server, never the other way round.
            restore = subprocess.run(target.command(database=f"by_{of}"), input=dump, capture_output=True, text=True)
            assert restore.returncode == 0, f"{of} pg_dump: {restore.stderr}"
            check(target, content, f"by_{of}")
    finally:
        source.destroy()
        target.destroy()


def pg_upgrade(majors, old, new, content=CONTENT):
    """The servers of both preload the library: pg_upgrade starts them, and the bridge with them."""
    source, target = majors.server(old).create(), majors.server(new)
    try:
        if content == PLAIN:
            source.sql("DROP EXTENSION aws_lambda, aws_commons")
        source.sql(*ROLES, *content)
        check(source, content)
        source.stop()
        subprocess.run([f"{target.bin}/initdb", "-D", target.data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8",
                        *(["--no-data-checksums"] if new >= 18 else [])], check=True, capture_output=True)
        target.configure(**{"listen_addresses": "", "unix_socket_directories": target.directory, "fsync": "off", **PRELOAD,
                            "aws_lambda.bridge_program": os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "peer.py")})
        run = subprocess.run([f"{target.bin}/pg_upgrade", "-b", source.bin, "-B", target.bin, "-d", source.data, "-D", target.data, "-U", "postgres",
                              "-s", target.directory], cwd=target.directory, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
        target.start()
        check(target, content)
        if content == CONTENT:  # what the extensions' scripts made is still theirs
            target.sql("ALTER EXTENSION aws_lambda UPDATE", "DROP EXTENSION daybreak", "DROP EXTENSION aws_lambda CASCADE")
    finally:
        source.destroy()
        target.destroy()


def pairs(known):
    """Dumps to every newer server and to the same one; upgrades to the one after next, and from the oldest to the newest."""
    for number, old in enumerate(known):
        for new in known[number:]:
            yield dumps_restore, old, new
    jumps = {(known[n], known[min(n + 2, len(known) - 1)]) for n in range(len(known) - 1)} | {(known[0], known[-1])}
    for old, new in sorted(jumps):
        yield pg_upgrade, old, new


def run(job):
    """Also tells "skip NAME: reason", with None instead of a verdict."""
    majors, test, old, new = job
    name, begin = f"{test.__name__} {old} to {new}", time.monotonic()
    try:
        test(majors, old, new)
        return True, f"ok {name} ({time.monotonic() - begin:.1f} s)"
    except Exception:
        reason = traceback.format_exc()
    try:
        test(majors, old, new, PLAIN)
    except Exception as error:
        return None, f"skip {name}: not even a plain table gets there: {str(error)[-300:]!r}"
    return False, f"not ok {name}\n{reason}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scratch", required=True)
    parser.add_argument("bins", nargs="+")
    arguments = parser.parse_args()
    majors = Majors(arguments.bins, arguments.scratch)
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        results = []
        for passed, told in pool.imap_unordered(run, [(majors, *pair) for pair in pairs(sorted(majors.bins))]):
            print(told, flush=True)
            results.append(passed)
    shutil.rmtree(arguments.scratch, ignore_errors=True)
    print(f"{results.count(True)} passed, {results.count(False)} failed, {results.count(None)} skipped")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
