"""Streaming standbys: calls, their kinds, statistics and the bridge there, conflicts with recovery, and promotion."""
import subprocess

from server import Session, eventually, kill

PRELOAD = {"shared_preload_libraries": "aws_lambda"}
PATIENT = ("SET aws_lambda.connect_timeout_ms = 900000", "SET aws_lambda.request_timeout_ms = 900000")
COUNTED = "SELECT calls, in_flight FROM daybreak.stat_invocations WHERE function_name = '{}'"


def _pair(new_server, **settings):
    primary = new_server(**PRELOAD).create()
    primary.sql("CREATE EXTENSION daybreak", "CREATE TABLE t AS SELECT 1 AS one")
    return primary, new_server(**settings).follow(primary)


def _has_replayed(standby, primary):
    position = primary.sql("SELECT pg_current_wal_flush_lsn()")
    eventually(lambda: standby.sql(f"SELECT pg_last_wal_replay_lsn() >= '{position}'") == "t", "the standby has all of it")


def a_standby_calls_counts_and_watches_for_itself(new_server):
    primary, standby = _pair(new_server)
    statuses = ("SELECT string_agg(status_code::text, ' ' ORDER BY n) FROM (VALUES (1, 'RequestResponse'), (2, 'Event'), (3, 'DryRun')) kinds(n, kind), "
                "aws_lambda.invoke('payload', '1'::json, NULL, kind)")
    assert standby.sql(statuses) == "200 202 204"
    assert standby.sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", statuses, "COMMIT") == "200 202 204"
    assert standby.sql(COUNTED.format("payload")) == "6|0" and primary.sql(COUNTED.format("payload")) == ""
    assert standby.sql("SELECT pid, restarts FROM daybreak.stat_bridge") == f"{standby.bridge()}|0"
    assert standby.bridge() != primary.bridge()
    assert standby.sql("SELECT daybreak.stat_invocations_reset('payload')") == "1"
    for statement in ("SELECT daybreak.allow('PUBLIC', 'payload')", "SELECT daybreak.assume('PUBLIC', 'arn:aws:iam::123456789012:role/r')"):
        assert standby.error(statement)[0] == "25006", statement


def a_promoted_standby_goes_on_with_its_bridge_and_its_calls(new_server):
    primary, standby = _pair(new_server)
    bridge = standby.bridge()
    with Session(standby) as session:
        assert session.ask("SELECT payload FROM aws_lambda.invoke('payload', '1'::json)") == "1"
        process, backend = standby.in_background(*PATIENT, "SELECT * FROM aws_lambda.invoke('stall', '1'::json)")
        primary.stop("immediate")
        assert standby.sql("SELECT pg_promote()") == "t"
        assert standby.sql(COUNTED.format("stall")) == "0|1"
        assert session.ask("SELECT daybreak.allow('PUBLIC', 'echo') > 0") == "t"
        assert session.ask("\\set ON_ERROR_STOP 0\nSELECT aws_lambda.invoke('payload', '1'::json); SELECT :'LAST_ERROR_SQLSTATE'") == "42501"
        assert session.ask("SELECT daybreak.disallow('PUBLIC', 'echo')") == "t"
        assert session.ask("SELECT payload FROM aws_lambda.invoke('payload', '1'::json)") == "1"
        standby.finish(process, lambda: kill(backend, 2))
    assert standby.bridge() == bridge and standby.sql(COUNTED.format("stall")) == "1|0"
    # What was the primary comes back as a standby of the other one.
    assert standby.log().count("started aws_lambda bridge") == 1


def a_conflict_with_recovery_ends_a_call(new_server):
    primary, standby = _pair(new_server, max_standby_streaming_delay="0", max_standby_archive_delay="0")
    # A session that has read the table, and now holds a snapshot and a lock while it waits for an answer.
    process = subprocess.Popen(standby.command(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    process.stdin.write(";\n".join((*PATIENT, "BEGIN ISOLATION LEVEL REPEATABLE READ", "TABLE t", "SELECT * FROM aws_lambda.invoke('stall', '1'::json)")) + ";\n")
    process.stdin.close()
    eventually(lambda: standby.invoke("counters", "payload->>'stalled'") == "1", "the request reaches the bridge")
    primary.sql("DROP TABLE t")
    _has_replayed(standby, primary)
    assert process.wait(60) != 0
    message = process.stderr.read()
    process.stderr.close()
    assert "40001" in message or "40P01" in message or "57P01" in message, message
    assert standby.sql(COUNTED.format("stall")) == "1|0"
    standby.works()
