"""Limits of calls in flight: nobody exceeds them, who waits gets a place as soon as there is one, and no place is lost."""
import signal
import subprocess

from server import HANG, SqlError, eventually, kill

PRELOAD = {"shared_preload_libraries": "aws_lambda"}
PATIENT = ("SET aws_lambda.connect_timeout_ms = 900000", "SET aws_lambda.request_timeout_ms = 900000")
HOLD = "SELECT * FROM aws_lambda.invoke('cut-hold:0', '1'::json)"
CALL = "SELECT payload FROM aws_lambda.invoke('payload', '1'::json)"
USE = "SELECT in_flight, waiting FROM daybreak.stat_invocations_info"


def _limited(new_server, **limits):
    server = new_server(**PRELOAD, **{f"aws_lambda.{name}": value for name, value in limits.items()}).create()
    server.sql("CREATE EXTENSION daybreak")
    return server


def _session(server, *statements, user="postgres"):
    """A psql process that carries out the statements, and its output later."""
    process = subprocess.Popen(server.command(user=user), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdin.write(";\n".join(statements) + ";\n")
    process.stdin.close()
    process.stdin = None
    return process


def _backend(server, event):
    """The backend whose wait began last; before 17 the events have no names."""
    return int(server.sql("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND wait_event_type = 'Extension' "
                          f"AND wait_event IN ('{event}', 'Extension') ORDER BY query_start DESC LIMIT 1"))


def _holding(server, statement=HOLD, user="postgres"):
    """A call in flight: the process and its backend."""
    before = int(server.sql(USE).split("|")[0])
    process = _session(server, *PATIENT, statement, user=user)
    eventually(lambda: server.sql(USE).split("|")[0] == str(before + 1), "the call has a place")
    return process, eventually(lambda: _backend(server, "AwsLambdaInvoke"), "it waits for the bridge")


def _end(process):
    out, err = process.communicate(timeout=HANG)
    return out, err


def the_server_has_a_limit(new_server):
    server = _limited(new_server, max_in_flight=2)
    holders = [_holding(server) for _ in range(2)]
    state, text = server.error("SET aws_lambda.in_flight_wait_ms = 0", CALL)
    assert state == "LM012" and "too many invocations in flight" in text, text
    assert 'DETAIL:  "aws_lambda.max_in_flight" allows 2 at once for the server; the call waited 0 ms for a place.' in text, text
    state, text = server.error("SET aws_lambda.in_flight_wait_ms = 300", CALL)
    assert state == "LM012" and "waited 300 ms" in text, text
    assert server.sql("SELECT limited, calls, timed FROM (SELECT limited, calls, mean_ms IS NOT NULL AS timed, function_name, bytes_sent FROM "
                      "daybreak.stat_invocations) s WHERE function_name = 'payload' AND bytes_sent = 0") == "2|2|f"
    # who waits gets the place that becomes free
    waiter = _session(server, "SET aws_lambda.in_flight_wait_ms = 900000", CALL)
    eventually(lambda: server.sql(USE) == "2|1", "it waits")
    kill(holders[0][1], signal.SIGINT)
    assert _end(waiter)[0].strip() == "1"
    assert server.sql(USE) == "1|0"
    server.works()
    kill(holders[1][1], signal.SIGINT)
    for process, _ in holders:
        assert "57014" in _end(process)[1]
    assert server.sql(USE) == "0|0"


def a_role_has_a_limit(new_server):
    server = _limited(new_server, max_in_flight_per_role=1, in_flight_wait_ms=0)
    server.sql("CREATE ROLE app LOGIN", "GRANT USAGE ON SCHEMA aws_lambda TO app", "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO app",
               "CREATE FUNCTION lent() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT payload::text FROM aws_lambda.invoke('payload', '1'::json) $$")
    process, backend = _holding(server, user="app")
    state, text = server.error(CALL, user="app")
    assert state == "LM012" and 'max_in_flight_per_role" allows 1 at once for role "app"' in text, text
    server.works()
    # the effective user counts
    assert server.error("SET ROLE app", CALL)[0] == "LM012"
    assert server.sql("SELECT lent()", user="app") == "1"
    kill(backend, signal.SIGTERM)
    _end(process)
    assert server.sql(CALL, user="app") == "1"


def a_function_has_a_limit_however_it_is_named(new_server):
    server = _limited(new_server, max_in_flight_per_function=1, in_flight_wait_ms=0)
    process, backend = _holding(server)
    for name in "cut-hold:1", "123456789012:cut-hold", "arn:aws:lambda:eu-west-1:123456789012:function:cut-hold:2", "(cut-hold,eu-west-1)":
        state, text = server.error(f"SELECT * FROM aws_lambda.invoke('{name}', '1'::json)")
        assert state == "LM012" and 'allows 1 at once for function "cut-hold"' in text, (name, text)
    assert server.error("SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('cut-hold', 'eu-west-1'), '1'::json)")[0] == "LM012"
    server.works()
    for again in True, False:
        kill(backend, signal.SIGINT)
        _end(process)
        if again:
            process, backend = _holding(server)


def every_way_out_gives_the_place_back(new_server):
    server = _limited(new_server, max_in_flight=1, in_flight_wait_ms=0)
    for ending in (signal.SIGINT, signal.SIGTERM):
        process, backend = _holding(server)
        assert server.error(CALL)[0] == "LM012"
        kill(backend, ending)
        _end(process)
        server.works()
    for function in "error:LM100", "text:no json", "garbage", "cut:9", "error:LM004":
        server.error(f"SELECT * FROM aws_lambda.invoke('{function}', '1'::json)")
        server.works()
    server.error(*PATIENT, "SET statement_timeout = 50", HOLD)
    server.works()
    server.sql(*PATIENT, "SET statement_timeout = 50", "DO $$ BEGIN PERFORM aws_lambda.invoke('cut-hold:0', '1'::json); "
                                                       "EXCEPTION WHEN query_canceled THEN PERFORM aws_lambda.invoke('payload', '1'::json); END $$")
    # those who wait leave nothing either
    process, backend = _holding(server)
    for ending, state in ((signal.SIGINT, "57014"), (signal.SIGTERM, "57P01")):
        waiter = _session(server, "SET aws_lambda.in_flight_wait_ms = 900000", CALL)
        eventually(lambda: server.sql(USE) == "1|1", "it waits")
        kill(_backend(server, "AwsLambdaInFlight"), ending)
        assert state in _end(waiter)[1]
        assert server.sql(USE) == "1|0"
    # a crash starts all over
    kill(backend)
    _end(process)

    def works():
        try:
            server.works()
            return True
        except (SqlError, AssertionError):
            return False

    eventually(works, "the server recovers")
    assert server.sql(USE) == "0|0"


def a_rule_that_changes_while_a_call_waits_for_a_place_holds_for_it(new_server):
    server = _limited(new_server, max_in_flight=1, in_flight_wait_ms=900000)
    server.sql("CREATE ROLE app LOGIN", "GRANT USAGE ON SCHEMA aws_lambda TO app", "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO app",
               "SELECT daybreak.allow('app', '*'), daybreak.allow('postgres', '*')")
    called = "SELECT payload->>'iam_role' FROM aws_lambda.invoke('echo', '1'::json)"
    for change, expected in (("SELECT daybreak.assume('app', 'arn:aws:iam::123456789012:role/app')", "arn:aws:iam::123456789012:role/app"),
                             ("SELECT daybreak.disallow('app', '*')", "42501")):
        process, backend = _holding(server)
        waiter = _session(server, called, user="app")
        eventually(lambda: server.sql(USE) == "1|1", "it waits")
        server.sql(change)
        kill(backend, signal.SIGINT)
        _end(process)
        assert expected in "".join(_end(waiter)), change
        assert server.sql(USE) == "0|0"


def sessions_beyond_a_limit_take_turns(new_server):
    server = _limited(new_server, max_in_flight=20, max_in_flight_per_function=3, in_flight_wait_ms=60000)
    script = f"{server.directory}/late.sql"
    with open(script, "w") as file:
        file.write("SELECT status_code FROM aws_lambda.invoke('late:2', '1'::json);\n")
    run = subprocess.run([f"{server.bin}/pgbench", "-n", "-h", server.directory, "-U", "postgres", "-c", "32", "-j", "2", "-t", "20", "-f", script,
                          "postgres"], capture_output=True, text=True)
    assert "number of transactions actually processed: 640/640" in run.stdout, run.stdout + run.stderr
    assert server.invoke("counters", "payload->>'most_late'") == "3"
    assert server.sql(USE) == "0|0"
    assert server.sql("SELECT calls, limited FROM daybreak.stat_invocations WHERE function_name = 'late:2'") == "640|0"


def a_reload_changes_limits(new_server):
    server = _limited(new_server, in_flight_wait_ms=0)
    process, backend = _holding(server)
    server.works()
    for limit, state in ((1, "LM012"), (0, None)):
        server.sql(f"ALTER SYSTEM SET aws_lambda.max_in_flight = {limit}", "SELECT pg_reload_conf()")
        eventually(lambda: server.sql("SHOW aws_lambda.max_in_flight") == str(limit), "the reload")
        if state is None:
            server.works()
        else:
            assert server.error(CALL)[0] == state
    kill(backend, signal.SIGINT)
    _end(process)


def without_preloading_a_limit_is_told_to_have_no_effect(new_server):
    server = new_server(**{"aws_lambda.max_in_flight": 1}).create()
    run = subprocess.run(server.command(), input=CALL + ";", capture_output=True, text=True)
    assert run.stdout.strip() == "1" and '"aws_lambda.max_in_flight" has no effect' in run.stderr, run.stderr
