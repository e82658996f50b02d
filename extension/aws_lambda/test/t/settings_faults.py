"""Not preloaded, whatever a session sets before the library is loaded: what the administrator has set holds."""
import os
import subprocess

from server import eventually

PRESCRIBED = {"aws_lambda.endpoint_override": "http://127.0.0.1:9", "aws_lambda.region": "eu-west-1", "aws_lambda.connect_timeout_ms": "700",
              "aws_lambda.request_timeout_ms": "7s"}
SEEN = ("concat_ws(' ', payload->>'endpoint_override', payload->>'default_region', payload->>'connect_timeout_ms', "
        "payload->>'request_timeout_ms')")
CALL = f"SELECT {SEEN} FROM aws_lambda.invoke('echo', '1'::json)"


def _with_user(server):
    server.sql("CREATE ROLE app LOGIN", "GRANT USAGE ON SCHEMA aws_lambda TO app",
               "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO app")
    return server


def _as_user(server, *statements, options="", expect=0):
    """Rows of one session of the ordinary user, and what it was told beside them."""
    run = subprocess.run(server.command(user="app"), input=";\n".join(statements) + ";\n", capture_output=True, text=True, timeout=180,
                         env={**os.environ, "PGOPTIONS": options})
    assert (run.returncode == 0) == (expect == 0), run.stderr
    return run.stdout.strip(), run.stderr


def options_of_a_connection_do_not_hide_what_the_server_has(new_server):
    server = _with_user(new_server(**PRESCRIBED).create())
    for name, value in (("endpoint_override", "http://127.0.0.1:1"), ("endpoint_override", ""), ("ENDPOINT_OVERRIDE", "x"),
                        ("bridge_program", "/bin/false"), ("bridge_socket", "/tmp/elsewhere"), ("max_connections", "1"),
                        ("connect_timeout_ms", "0"), ("request_timeout_ms", "forever")):
        rows, told = _as_user(server, CALL, options=f"-c aws_lambda.{name}={value}")
        assert rows == "http://127.0.0.1:9 eu-west-1 700 7000", (name, rows, told)
        assert "WARNING" in told, told
    rows, _ = _as_user(server, CALL, options="-c aws_lambda.request_timeout_ms=50 -c aws_lambda.region=us-west-2 -c aws_lambda.endpoint_override=x")
    assert rows == "http://127.0.0.1:9 us-west-2 700 50", rows
    rows, _ = _as_user(server, CALL, "SHOW aws_lambda.endpoint_override", "RESET ALL", CALL, options="-c aws_lambda.endpoint_override=x")
    assert rows.split("\n") == ["http://127.0.0.1:9 eu-west-1 700 7000", "http://127.0.0.1:9", "http://127.0.0.1:9 eu-west-1 700 7000"], rows


def a_prescribed_bridge_is_not_left_by_an_option(new_server):
    server = _with_user(new_server(**{"aws_lambda.bridge_socket": "pg_stat_tmp/prescribed.sock", "aws_lambda.connect_timeout_ms": 300}).create())
    _, told = _as_user(server, CALL, options="-c aws_lambda.bridge_socket=", expect=1)
    assert 'Nobody accepted a connection at "pg_stat_tmp/prescribed.sock" within 300 ms.' in told, told
    assert server.worker() == 0


def what_the_command_line_of_the_server_sets_holds_as_well(new_server):
    server = _with_user(new_server().create())
    server.stop()
    server.start(options="-c aws_lambda.endpoint_override=http://127.0.0.1:8")
    rows, told = _as_user(server, CALL, options="-c aws_lambda.endpoint_override=x")
    assert rows == "http://127.0.0.1:8 1000 3000", (rows, told)


def settings_of_a_role_or_database_hide_nothing_either(new_server):
    server = new_server(**PRESCRIBED).create()
    server.sql("ALTER DATABASE postgres SET aws_lambda.endpoint_override = 'x'")
    server.sql("CREATE ROLE app LOGIN", "ALTER ROLE app SET aws_lambda.endpoint_override = 'y'", "GRANT USAGE ON SCHEMA aws_lambda TO app",
               "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO app")
    for user in ("postgres", "app"):
        assert server.sql(CALL, user=user) == "http://127.0.0.1:9 eu-west-1 700 7000"


def a_restored_setting_follows_a_reload(new_server):
    server = _with_user(new_server(**PRESCRIBED).create())
    process = subprocess.Popen(server.command(user="app"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "PGOPTIONS": "-c aws_lambda.endpoint_override=x"})

    def seen():
        process.stdin.write(CALL + ";\n")
        process.stdin.flush()
        return process.stdout.readline().split(" ")[0].strip()

    assert seen() == "http://127.0.0.1:9"
    server.sql("ALTER SYSTEM SET aws_lambda.endpoint_override = 'http://127.0.0.1:7'")
    server.sql("SELECT pg_reload_conf()")
    eventually(lambda: seen() == "http://127.0.0.1:7", "the session follows the reload")
    process.stdin.close()
    process.wait()
    process.stdout.close()


def without_a_free_worker_slot_the_call_is_refused(new_server):
    server = _with_user(new_server(max_worker_processes=1, max_logical_replication_workers=0, **PRESCRIBED).create())
    server.works()  # the supervisor of the bridge has the only slot
    _, told = _as_user(server, CALL, options="-c aws_lambda.endpoint_override=x", expect=1)
    assert "LM902" in told and "No background worker slot is free to tell the server's settings, which the session hides." in told, told
    # the next call of such a session asks again
    rows, told = _as_user(server, "\\set ON_ERROR_STOP 0\n" + CALL, CALL, options="-c aws_lambda.endpoint_override=x")
    assert rows == "" and told.count("ERROR:  LM902") == 2, told


def a_parallel_plan_that_would_lose_settings_is_refused(new_server):
    server = _with_user(new_server(**PRESCRIBED).create())
    server.sql("CREATE FUNCTION public.wrapped() RETURNS text LANGUAGE sql PARALLEL SAFE AS $$" + CALL + "$$")
    forced = ("SELECT set_config(CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'debug_parallel_query' "
              "ELSE 'force_parallel_mode' END, 'on', false)")
    for first in ("SELECT 1", "SET aws_lambda.endpoint_override = 'x'"):
        _, told = _as_user(server, forced, first, "SELECT public.wrapped()", expect=1)
        assert "ERROR:  55000: aws_lambda cannot be loaded during a parallel operation" in told, told
    # when loaded before, the worker receives the values of its leader
    rows, _ = _as_user(server, CALL, forced, "SELECT public.wrapped()")
    assert rows.split("\n")[-1] == "http://127.0.0.1:9 eu-west-1 700 7000", rows


def a_breaker_is_asked_for_only_where_it_is_switched_on_and_by_reload(new_server):
    server = new_server().create()
    seen = "SELECT concat_ws(' ', payload->>'breaker_failures', payload->>'breaker_pause_ms') FROM aws_lambda.invoke('echo', '1'::json)"
    assert server.sql(seen) == "", server.sql(seen)
    server.sql("LOAD 'aws_lambda'", "ALTER SYSTEM SET aws_lambda.breaker_failures = 4", "ALTER SYSTEM SET aws_lambda.breaker_pause_ms = '2s'",
               "SELECT pg_reload_conf()")
    eventually(lambda: server.sql(seen) == "4 2000", "the settings are reloaded")
    server.greeting("old")
    state, text = server.error("SELECT * FROM aws_lambda.invoke('payload', '1'::json)")
    assert state == "LM901" and "The bridge speaks version 2, this needs version 4." in text, text
