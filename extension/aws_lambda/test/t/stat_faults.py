"""daybreak.stat_invocations: every call is counted once, however it ends, and nothing stays in flight."""
import os
import re
import signal
import subprocess

from server import eventually, kill

OUTCOMES = ("function_errors", "service_errors", "bridge_errors", "throttles", "timeouts", "limited", "cancels", "other_errors")
PATIENT = ("SET aws_lambda.connect_timeout_ms = 900000", "SET aws_lambda.request_timeout_ms = 900000")
STALL = "SELECT * FROM aws_lambda.invoke('stall', '1'::json)"


def _watched(new_server, **settings):
    server = new_server(shared_preload_libraries="aws_lambda", **settings).create()
    server.sql("CREATE EXTENSION daybreak")
    return server


def _row(server, function, columns, **who):
    rows = _rows(server, columns, f"WHERE function_name = '{function}'", **who)
    assert len(rows) == 1, rows
    return rows[0]


def _rows(server, columns, rest="ORDER BY 1", **who):
    return server.sql(f"SELECT {columns} FROM daybreak.stat_invocations {rest}", **who).splitlines()


def _calls(*functions):
    """A script that goes on after errors."""
    return "\\set ON_ERROR_STOP 0\n" + ";\n".join(f"SELECT status_code FROM aws_lambda.invoke('{name}', '\"12345\"'::json)" for name in functions)


def every_ending_has_its_column(new_server):
    server = _watched(new_server)
    endings = {
        "payload": "", "error:LM100": "function_errors", "error:LM004": "throttles", "error:LM002": "timeouts", "error:LM001": "bridge_errors",
        "error:LM905": "bridge_errors", "garbage": "bridge_errors", "cut:9": "bridge_errors", "text:no json": "other_errors",
        **{f"error:{state}": "service_errors" for state in ("LM000", "LM003", "LM005", "LM006", "LM007", "LM008", "LM009", "LM010", "LM011")},
    }
    server.sql(_calls(*endings))
    shown = dict(row.split("|", 1) for row in _rows(server, f"function_name, concat_ws(' ', calls, in_flight, {', '.join(OUTCOMES)})"))
    assert shown == {name: " ".join(["1", "0", *("1" if outcome == ending else "0" for outcome in OUTCOMES)])
                     for name, ending in endings.items()}, shown
    assert _row(server, "payload", "bytes_sent, bytes_received") == "7|7"
    assert _row(server, "error:LM100", "bytes_sent, bytes_received") == "7|0"
    assert _row(server, "payload", "total_ms = mean_ms AND min_ms = max_ms AND p50_ms = min_ms AND p99_ms = max_ms AND total_ms = max_ms") == "t"
    assert _row(server, "payload", "datname, region IS NULL, qualifier IS NULL, stats_since BETWEEN pg_postmaster_start_time() AND now()") \
        == "postgres|t|t|t"


def a_target_is_what_a_call_names(new_server):
    server = _watched(new_server)
    long = "f" * 300
    server.sql("SELECT * FROM aws_lambda.invoke('f', '1'::json)", "SELECT * FROM aws_lambda.invoke('f', '1'::jsonb)",
               "SELECT * FROM aws_lambda.invoke('f', '1'::json, qualifier => '7')", "SELECT * FROM aws_lambda.invoke('f', '1'::json, 'eu-west-1')",
               "SELECT * FROM aws_lambda.invoke('f', '1'::json, '')",
               "SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('f', 'eu-west-1'), '1'::jsonb)",
               "SELECT * FROM aws_lambda.invoke('123456789012:f', '1'::json)", "SELECT * FROM aws_lambda.invoke(NULL::text, '1'::json)",
               f"SELECT * FROM aws_lambda.invoke('{long}ü', '1'::json)")
    shown = _rows(server, "function_name, region, qualifier, calls", "ORDER BY function_name NULLS LAST, region NULLS LAST, qualifier NULLS LAST")
    assert shown == ["123456789012:f|||1", "f|||1", "f|eu-west-1||2", "f||7|1", "f|||2", f"{'f' * 256}|||1", "|||1"], shown


def names_of_other_encodings_are_shown(new_server):
    server = _watched(new_server)
    server.sql("CREATE DATABASE latin1 TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    server.sql("CREATE EXTENSION daybreak CASCADE", "SET client_encoding = 'UTF8'", "SELECT * FROM aws_lambda.invoke('fü', '1'::json)", database="latin1")
    assert _rows(server, "function_name") == ["fü"]
    assert _rows(server, "function_name", database="latin1") == ["f??"]
    assert server.sql("SET client_encoding = 'UTF8'", "SELECT daybreak.stat_invocations_reset('fü')", database="latin1") == "1"


def quantiles_are_right_by_a_tenth(new_server):
    server = _watched(new_server, **{"aws_lambda.log_min_duration_ms": 0})
    server.sql(*[f"SELECT * FROM aws_lambda.invoke('late:{n}', '1'::json, qualifier => 'x')" for n in (1, 3, 9, 27) for _ in range(5)],
               "SELECT count(*) FROM generate_series(1, 400) n, aws_lambda.invoke('payload', to_json(n))")
    for function in "payload", "late:9":
        took = sorted(float(ms) for ms in re.findall(rf'duration: ([0-9.]+) ms  aws_lambda\.invoke: function "{function}"', server.log()))
        assert len(took) == {"payload": 400, "late:9": 5}[function]
        shown = [float(value) for value in _row(server, function, "min_ms, p50_ms, p90_ms, p99_ms, max_ms, total_ms").split("|")]
        exact = [took[0], *(took[max(-(-len(took) * part // 100) - 1, 0)] for part in (50, 90, 99)), took[-1], sum(took)]
        # The log has three decimals.
        assert all(abs(one - other) <= 0.0015 for one, other in ((shown[0], exact[0]), (shown[4], exact[4]))), (shown, exact)
        assert abs(shown[5] - exact[5]) < 0.001 * len(took), (shown, exact)
        assert all(abs(one - other) <= 0.1 * other + 0.0015 for one, other in zip(shown[1:4], exact[1:4])), (shown, exact)


def calls_of_32_sessions_are_counted_exactly(new_server):
    server = _watched(new_server)
    script = f"{server.directory}/calls.sql"
    with open(script, "w") as file:
        file.write("\\set f random(1, 3)\n" "SELECT status_code FROM aws_lambda.invoke('f' || :f, '1'::json, qualifier => '1');\n"
                   "DO $$ BEGIN PERFORM aws_lambda.invoke('error:LM100', '1'::json); EXCEPTION WHEN SQLSTATE 'LM100' THEN NULL; END $$;\n")
    run = subprocess.run([f"{server.bin}/pgbench", "-n", "-h", server.directory, "-U", "postgres", "-c", "32", "-j", "2", "-t", "50", "-f", script,
                          "postgres"], capture_output=True, text=True)
    assert "number of transactions actually processed: 1600/1600" in run.stdout, run.stdout + run.stderr
    shown = server.sql("SELECT count(*), sum(calls), sum(function_errors), sum(in_flight), bool_and(calls = (SELECT count(*) FROM "
                       "(SELECT 1 WHERE p50_ms BETWEEN min_ms AND max_ms) one) * calls) FROM daybreak.stat_invocations")
    assert shown == "4|3200|1600|0|t", shown
    assert int(server.invoke("counters", "payload->>'invocations'")) == 3201


def what_ends_a_session_or_its_call_leaves_nothing_in_flight(new_server):
    server = _watched(new_server)
    expected = 0
    for ending in (signal.SIGINT, signal.SIGTERM):
        process, backend = server.in_background(*PATIENT, STALL)
        assert _row(server, "stall", "in_flight, calls") == f"1|{expected}"
        server.finish(process, lambda: kill(backend, ending))
        expected += 1
        eventually(lambda: _row(server, "stall", "in_flight, calls, cancels") == f"0|{expected}|{expected}", "the end is counted")
    server.error(*PATIENT, "SET statement_timeout = 1000", STALL)
    assert _row(server, "stall", "in_flight, calls, cancels") == "0|3|3"
    # a caught error of a subtransaction, and a deadline of the backend's own
    server.sql(*PATIENT, "SET statement_timeout = 1000", "DO $$ BEGIN PERFORM aws_lambda.invoke('stall', '1'::json); "
                                                       "EXCEPTION WHEN query_canceled THEN NULL; END $$")
    server.error("SET aws_lambda.connect_timeout_ms = 1", "SET aws_lambda.request_timeout_ms = 1", STALL)
    assert _row(server, "stall", "in_flight, calls, cancels, timeouts") == "0|5|4|1"
    # a session that its client leaves
    process, backend = server.in_background(*PATIENT, STALL)
    kill(process.pid)
    kill(backend, signal.SIGTERM)
    server.finish(process)
    eventually(lambda: _row(server, "stall", "in_flight") == "0", "the session ends")


def a_crash_begins_anew(new_server):
    server = _watched(new_server)
    process, backend = server.in_background(*PATIENT, STALL)
    assert _row(server, "stall", "in_flight") == "1"
    server.finish(process, lambda: kill(backend))

    def rows():
        try:
            return [server.sql("SELECT count(*) FROM daybreak.stat_invocations")]
        except Exception:  # it starts over
            return None

    assert eventually(rows, "the server recovers") == ["0"]
    server.works()
    assert _row(server, "payload", "calls, in_flight") == "1|0"


def storms_of_cancels_and_terminations_leak_nothing(new_server):
    server = _watched(new_server)
    script = "\\set ON_ERROR_STOP 0\n" + "SELECT status_code FROM aws_lambda.invoke('late:10', '1'::json);\n" * 60
    processes = [subprocess.Popen(server.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                  env={**os.environ, "PGAPPNAME": "storm"}) for _ in range(32)]
    for process in processes:
        process.stdin.write(script)
        process.stdin.close()
        process.stdin = None
    server.sql("""DO $$ DECLARE victim int; n int := 0; BEGIN LOOP
        PERFORM pg_stat_clear_snapshot();
        EXIT WHEN n > 0 AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'storm');
        SELECT pid INTO victim FROM pg_stat_activity WHERE application_name = 'storm' AND state = 'active' ORDER BY random() LIMIT 1;
        IF victim IS NOT NULL THEN
            n := n + 1;
            PERFORM CASE WHEN n % 20 = 1 THEN pg_terminate_backend(victim) ELSE pg_cancel_backend(victim) END;
        END IF;
        PERFORM pg_sleep(0.003);
    END LOOP; END $$""")
    outputs = [process.communicate() for process in processes]
    answered = sum(out.split().count("200") for out, _ in outputs)
    cancelled = sum(err.count("57014") for _, err in outputs)
    ended = sum("57P01" in err for _, err in outputs)
    calls, cancels, in_flight = map(int, _row(server, "late:10", "calls, cancels, in_flight").split("|"))
    assert in_flight == 0
    # A cancel may come before the call begins or after it has ended.
    assert answered <= calls - cancels <= answered + cancelled + ended and cancels <= cancelled + ended, (answered, calls, cancels, cancelled, ended)
    assert cancels > 0 and ended > 0
    return f"{calls} calls, {cancels} cancelled, {ended} sessions terminated"


def the_least_used_make_room(new_server):
    server = _watched(new_server, **{"aws_lambda.stat_max": 10})
    server.sql(*["SELECT * FROM aws_lambda.invoke('often', '1'::json)"] * 5, *[f"SELECT * FROM aws_lambda.invoke('f{n}', '1'::json)" for n in range(24)])
    assert server.sql("SELECT entries, capacity, evictions, untracked FROM daybreak.stat_invocations_info") == "10|10|15|0"
    assert len(_rows(server, "function_name")) == 10
    assert _row(server, "often", "calls") == "5"
    # what was used long ago goes as well
    server.sql(*[f"SELECT * FROM aws_lambda.invoke('g{n % 12}', '1'::json)" for n in range(120)])
    assert _rows(server, "calls", "WHERE function_name = 'often'") == []
    assert server.sql("SELECT daybreak.stat_invocations_reset() BETWEEN 1 AND 10") == "t"
    assert server.sql("SELECT entries, capacity, evictions, untracked FROM daybreak.stat_invocations_info") == "0|10|0|0"
    server.works()
    assert _row(server, "payload", "calls") == "1"


def a_call_in_flight_keeps_its_entry(new_server):
    server = _watched(new_server, **{"aws_lambda.stat_max": 1})
    process, backend = server.in_background(*PATIENT, "SELECT * FROM aws_lambda.invoke('cut-hold:0', '1'::json)")
    server.sql("SELECT daybreak.stat_invocations_reset()")
    server.works()
    assert server.sql("SELECT entries, evictions, untracked FROM daybreak.stat_invocations_info") == "1|0|1"
    assert _rows(server, "function_name, in_flight, calls") == ["cut-hold:0|1|0"]
    server.finish(process, lambda: kill(backend, signal.SIGINT))
    assert _rows(server, "function_name, in_flight, calls") == ["cut-hold:0|0|1"]
    server.works()
    assert _rows(server, "function_name, in_flight, calls") == ["payload|0|1"]


def one_function_is_reset_alone(new_server):
    server = _watched(new_server)
    server.sql("SELECT * FROM aws_lambda.invoke('f', '1'::json)", "SELECT * FROM aws_lambda.invoke('f', '1'::json, qualifier => '2')",
               "SELECT * FROM aws_lambda.invoke('fg', '1'::json)", "CREATE DATABASE other")
    server.sql("CREATE EXTENSION daybreak CASCADE", "SELECT * FROM aws_lambda.invoke('f', '1'::json)", database="other")
    assert server.sql("SELECT daybreak.stat_invocations_reset('f')", "SELECT daybreak.stat_invocations_reset('none')").split() == ["2", "0"]
    assert _rows(server, "datname, function_name") == ["other|f", "postgres|fg"]


def other_databases_are_for_those_who_read_all_statistics(new_server):
    server = _watched(new_server)
    server.works()
    server.sql("CREATE DATABASE other", "CREATE ROLE app LOGIN", "CREATE ROLE monitor LOGIN IN ROLE pg_monitor")
    server.sql("CREATE EXTENSION daybreak CASCADE", "SELECT * FROM aws_lambda.invoke('f', '1'::json)", "GRANT SELECT ON daybreak.stat_invocations TO app",
               "GRANT EXECUTE ON FUNCTION daybreak.stat_invocations TO app", database="other")
    assert _rows(server, "function_name", database="other", user="app") == ["f"]
    assert _rows(server, "function_name", database="other", user="monitor") == ["f", "payload"]
    assert server.error("SELECT * FROM daybreak.stat_invocations", user="app")[0] == "42501"


def switched_off_nothing_is_counted(new_server):
    server = _watched(new_server, **{"aws_lambda.stat_max": 0})
    server.works()
    assert _rows(server, "*") == []
    assert server.sql("SELECT entries, capacity, evictions, untracked FROM daybreak.stat_invocations_info") == "0|0|0|0"
    assert server.sql("SELECT daybreak.stat_invocations_reset(), daybreak.stat_invocations_reset('f')") == "0|0"


def long_calls_are_logged_without_their_payload(new_server):
    server = _watched(new_server)

    def lines():
        return re.findall(r"duration: [0-9.]+ ms  (aws_lambda.*)", server.log())

    server.works()
    assert lines() == []
    server.sql("SET aws_lambda.log_min_duration_ms = 0", "SELECT * FROM aws_lambda.invoke('payload', '\"hidden\"'::json, 'eu-west-1', qualifier => '3')",
               "SELECT * FROM aws_lambda.invoke('f', '\"hidden\"'::json, invocation_type => 'Event')",
               "DO $$ BEGIN PERFORM aws_lambda.invoke('error:LM100', '\"hidden\"'::json); EXCEPTION WHEN SQLSTATE 'LM100' THEN NULL; END $$",
               "SET aws_lambda.log_min_duration_ms = 60000", "SELECT * FROM aws_lambda.invoke('payload', '1'::json)")
    assert lines() == ['aws_lambda.invoke: function "payload", qualifier "3", region "eu-west-1", status 200',
                       'aws_lambda.invoke: function "f", status 202', 'aws_lambda.invoke: function "error:LM100", SQLSTATE LM100'], lines()
    assert "hidden" not in server.log()
    server.sql("SET aws_lambda.log_min_duration_ms = 20", "SELECT * FROM aws_lambda.invoke('late:20', '1'::json)")
    assert lines()[3:] == ['aws_lambda.invoke: function "late:20", status 200']


def waits_have_names(new_server):
    server = _watched(new_server)
    named = int(server.sql("SHOW server_version_num")) >= 170000
    process, backend = server.in_background(*PATIENT, STALL)
    waits = "SELECT wait_event_type, wait_event FROM pg_stat_activity WHERE pid = "
    assert server.sql(f"{waits} {backend}") == ("Extension|AwsLambdaInvoke" if named else "Extension|Extension")
    server.finish(process, lambda: kill(backend, signal.SIGINT))
    # nobody listens there
    server.sql("ALTER SYSTEM SET aws_lambda.bridge_socket = 'pg_stat_tmp/nobody.sock'", "ALTER SYSTEM SET aws_lambda.connect_timeout_ms = 60000")
    server.stop()
    server.start()
    process, backend = server.in_background("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
    assert server.sql(f"{waits} {backend}") == ("Extension|AwsLambdaConnect" if named else "Extension|Extension")
    server.finish(process, lambda: kill(backend, signal.SIGINT))
