"""Preloaded or not, primary or standby, one session or many: one bridge a server, and every call is answered."""
import fcntl
import os
import subprocess

from server import HANG, PEER, Skipped, alive, eventually

PRELOAD = {"shared_preload_libraries": "aws_lambda"}


def _bridges(server):
    """Processes whose working directory is the server's and that are no PostgreSQL processes."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/cwd") == os.path.realpath(server.data) and \
                    not os.readlink(f"/proc/{pid}/exe").endswith("/postgres"):
                found.append(int(pid))
        except OSError:
            pass
    return found


def preloaded_the_bridge_runs_before_the_first_call(new_server):
    server = new_server(**PRELOAD, **{"aws_lambda.endpoint_override": "http://127.0.0.1:9"}).create()
    bridge, = eventually(lambda: _bridges(server), "the bridge starts with the server")
    assert server.bridge() == bridge
    assert server.sql("SHOW aws_lambda.request_timeout_ms") == "3s"
    assert server.sql("SELECT context FROM pg_settings WHERE name = 'aws_lambda.endpoint_override'") == "postmaster"
    assert server.invoke("echo", "payload->>'endpoint_override'") == "http://127.0.0.1:9"
    for name in ("endpoint_override", "bridge_program", "bridge_socket", "max_connections"):
        state, text = server.error(f"SET aws_lambda.{name} = '1'")
        assert state == "55P02", text
    server.stop()
    assert not alive(bridge)


def not_preloaded_settings_of_the_configuration_file_hold(new_server):
    server = new_server(**{"aws_lambda.endpoint_override": "http://127.0.0.1:9", "aws_lambda.region": "eu-west-1",
                           "aws_lambda.request_timeout_ms": "7s"}).create()
    assert _bridges(server) == []
    seen = "concat_ws(' ', payload->>'endpoint_override', payload->>'default_region', payload->>'request_timeout_ms')"
    assert server.invoke("echo", seen) == "http://127.0.0.1:9 eu-west-1 7000"
    assert len(_bridges(server)) == 1


def many_sessions_at_once_on_a_cold_server_share_one_bridge(server):
    script = f"{server.directory}/calls.sql"
    with open(script, "w") as file:
        file.write("SELECT status_code FROM aws_lambda.invoke('payload', '{\"n\": 1}'::json);\n")
    run = subprocess.run([f"{server.bin}/pgbench", "-n", "-h", server.directory, "-U", "postgres", "-c", "200", "-j", "2",
                          "-t", "5", "-f", script, "postgres"], capture_output=True, text=True)
    assert "number of transactions actually processed: 1000/1000" in run.stdout, run.stdout + run.stderr
    assert server.log().count("started aws_lambda bridge") == 1, server.log()
    assert len(_bridges(server)) == 1


def sessions_that_wait_for_a_late_bridge_leave_it_the_processor(server):
    late = f"{server.directory}/late"
    with open(late, "w") as file:
        file.write(f'#!/bin/sh\nwhile ! [ -e "{server.directory}/go" ]; do sleep 0.05; done\nexec "{PEER}" "$@"\n')
    os.chmod(late, 0o755)
    server.sql(f"ALTER SYSTEM SET aws_lambda.bridge_program = '{late}'", "SELECT pg_reload_conf()")
    script = f"{server.directory}/late.sql"
    with open(script, "w") as file:
        file.write("SELECT status_code FROM aws_lambda.invoke('payload', '1'::json);\n")
    run = subprocess.Popen([f"{server.bin}/pgbench", "-n", "-h", server.directory, "-U", "postgres", "-c", "100", "-t", "1", "-f", script,
                            "postgres"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    waiting = "SELECT count(*), min(now() - query_start) > '1 s' FROM pg_stat_activity WHERE wait_event_type = 'Extension' AND pid <> pg_backend_pid()"
    eventually(lambda: server.sql(waiting) == "100|t", "all sessions wait for the bridge")
    before = _processor_seconds(server)
    server.sql("SELECT pg_sleep(1)")
    used = _processor_seconds(server) - before
    with open(f"{server.directory}/go", "w"):
        pass
    out, _ = run.communicate(timeout=HANG)
    assert "number of transactions actually processed: 100/100" in out, out
    # When each session asked every 5 ms, they used a whole processor or more; it is a twentieth of one now.
    assert used < 0.3, f"{used} s"
    return f"100 sessions used {used:.2f} s of a processor in a second"


def _processor_seconds(server):
    """Of all sessions of a server."""
    ticks = 0
    for pid in server.sql("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()").split():
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def two_servers_have_two_bridges(new_server):
    first, second = new_server().create(), new_server().create()
    assert first.bridge() != second.bridge()
    first.stop()
    second.works()


def a_hot_standby_invokes_through_its_own_bridge(new_server):
    primary = new_server().create()
    primary.works()
    standby = new_server().follow(primary)
    assert standby.sql("SELECT pg_is_in_recovery()") == "t"
    assert standby.bridge() != primary.bridge()
    assert standby.sql("BEGIN READ ONLY", "SELECT status_code FROM aws_lambda.invoke('payload', '1'::json)", "COMMIT") == "200"


def a_worker_that_finds_another_one_leaves(new_server):
    server = new_server(**PRELOAD).create()
    bridge, = eventually(lambda: _bridges(server), "the bridge starts")
    server.stop()
    with open(f"{server.data}/pg_stat_tmp/aws_lambda.lock", "w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, 0)
        server.start()
        eventually(lambda: server.worker() == 0, "the worker leaves")
        assert _bridges(server) == []
        state, text = server.error("SET statement_timeout = 3000", "SELECT * FROM aws_lambda.invoke('f', '1'::json)")
        assert state == "57014", text
    # the other bridge has ended: the next call has a worker started
    server.works()
    assert len(_bridges(server)) == 1 and not alive(bridge)


def a_bridge_that_does_not_watch_its_stdin_dies_with_the_postmaster(new_server):
    server = new_server(**PRELOAD).create()
    server.stop()
    server.start(PEER_IGNORES_STDIN="1")
    bridge = server.bridge()
    os.kill(server.postmaster, 9)
    eventually(lambda: not alive(bridge), "the bridge dies")
    server.forget_the_dead()


def a_stale_socket_of_a_crashed_server_is_no_obstacle(server):
    server.works()
    server.stop("immediate")
    assert "aws_lambda.sock" in os.listdir(f"{server.data}/pg_stat_tmp")
    server.start()
    server.works()


def a_dump_with_columns_of_the_type_restores_into_a_new_database(server):
    server.sql("CREATE TABLE functions (id int PRIMARY KEY, arn aws_commons._lambda_function_arn_1)",
               "INSERT INTO functions VALUES (1, aws_commons.create_lambda_function_arn('f', 'eu-west-1')), (2, ROW('g', NULL))",
               "CREATE ROLE app", "GRANT USAGE ON SCHEMA aws_lambda TO app",
               "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO app", "CREATE DATABASE restored")
    dump = subprocess.run([f"{server.bin}/pg_dump", "-h", server.directory, "-U", "postgres", "postgres"], check=True,
                          capture_output=True, text=True).stdout
    assert "CREATE EXTENSION IF NOT EXISTS aws_lambda WITH SCHEMA public;" in dump
    server.sql(dump, database="restored")
    assert server.sql("SELECT * FROM functions ORDER BY 1", database="restored") == "1|(f,eu-west-1)\n2|(g,)"
    call = "SELECT r.payload->>'region' FROM functions, aws_lambda.invoke(arn, '1'::json) r WHERE id = 1"
    assert server.sql(call, database="restored") == "eu-west-1"
    assert server.sql("SET ROLE app", "SELECT status_code FROM aws_lambda.invoke('payload', '1'::json)",
                      database="restored") == "200"


def databases_of_other_encodings_are_converted(server):
    for encoding in ("LATIN1", "SQL_ASCII"):
        server.sql(f"CREATE DATABASE {encoding} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
        who = {"database": encoding.lower()}
        server.sql("CREATE EXTENSION aws_lambda CASCADE", **who)
        text = '{"ü": "é"}'
        assert server.sql("SET client_encoding = 'UTF8'", f"SELECT payload FROM aws_lambda.invoke('payload', '{text}'::json)",
                          **who) == text
        state, message = server.error("SELECT * FROM aws_lambda.invoke('error:LM003', '1'::json)", **who)
        assert state == "LM003" and "the message, with ??" in message, message
    # the character does not exist in that encoding; the connection survives
    assert server.error("SELECT payload FROM aws_lambda.invoke('hex:22e282ac22', '1'::json)", database="latin1")[0] == "22P05"
    server.sql("SELECT payload FROM aws_lambda.invoke('payload', '1'::json)", database="latin1")


def _memory_of_session(server):
    if int(server.sql("SHOW server_version_num")) < 140000:
        raise Skipped("PostgreSQL 13 does not show the memory of sessions")
    return "SELECT sum(total_bytes) FROM pg_backend_memory_contexts"


def a_large_reply_leaves_no_memory_behind(server):
    size = _memory_of_session(server)
    large = "SELECT length(payload::text) FROM aws_lambda.invoke('large:6000000', '1'::json)"
    rows = server.sql(large, size, *[large] * 20, size).split()
    before, after = int(rows[1]), int(rows[-1])
    assert after - before < 500_000, f"{before} bytes before, {after} after"
    assert after < 6_000_000, after


def a_large_call_that_fails_leaves_no_memory_behind(server):
    size = _memory_of_session(server)
    works = "DO $$ BEGIN PERFORM aws_lambda.invoke('payload', '1'::json); END $$"
    for function, payload in (("spoiled:6000000", "'1'"), ("error:LM003", "to_json(repeat('x', 6000000))"),
                              ("cut:9", "to_json(repeat('x', 6000000))")):
        for type in "json", "jsonb":
            call = f"aws_lambda.invoke('{function}', {payload}::{type})"
            for failing in (f"DO $$ BEGIN PERFORM {call}; EXCEPTION WHEN OTHERS THEN NULL; END $$",
                            f"\\set ON_ERROR_STOP 0\nSELECT {call}"):
                before, after = map(int, server.sql(works, size, failing, size).split())
                assert after - before < 1_000_000, f"{before} bytes before, {after} after {failing}"


def no_growth_over_many_calls_of_one_statement(server):
    size = _memory_of_session(server)
    calls = ("SELECT count(*) FROM generate_series(1, {}) n, "
             "aws_lambda.invoke('payload', jsonb_build_object('n', n)) WHERE status_code = 200")
    rows = server.sql(calls.format(10), size, calls.format(20000), size).split()
    assert rows[2] == "20000"
    assert int(rows[3]) - int(rows[1]) < 200_000, rows
