"""daybreak.stat_bridge: what the bridge and its supervisor tell, and the reason when they do not; it starts nothing and does not hang."""
import os
import signal
import subprocess
import time

from server import alive, eventually, kill

COLUMNS = "pid, version, connections, in_flight, waiting, endpoint_connections, resident_bytes, region, credentials_source, " \
          "credentials_fetched, credentials_expire, credentials_failure, reason"
NO_BRIDGE = 'No bridge accepts connections at "pg_stat_tmp/aws_lambda.sock".'


def _watched(new_server, **settings):
    server = new_server(timezone="UTC", **settings).create()
    server.sql("CREATE EXTENSION daybreak")
    return server


def _shown(server, columns, *before, **who):
    return server.sql(*before, f"SELECT {columns} FROM daybreak.stat_bridge", **who).splitlines()[-1]


def a_running_bridge_tells_of_itself(new_server):
    server = _watched(new_server, shared_preload_libraries="aws_lambda")
    bridge = server.bridge()
    assert _shown(server, COLUMNS) == (f"{bridge}|0.0.1|1|2|7|3|4096|eu-west-1|scripted|2026-01-02 03:04:05+00|2026-01-02 09:04:05+00||")
    assert _shown(server, "supervisor_pid, restarts, started BETWEEN pg_postmaster_start_time() AND clock_timestamp()") == f"{server.worker()}|0|t"
    # the session goes on to use the connection, and one that it has already
    assert server.sql("SELECT pid FROM daybreak.stat_bridge", "SELECT payload->>'open' FROM aws_lambda.invoke('counters', '1'::json)",
                      "SELECT connections FROM daybreak.stat_bridge").split() == [str(bridge), "1", "1"]
    server.spoil("status", "none")
    assert _shown(server, COLUMNS) == f"{bridge}|0.0.1|1|2|||4096|||||none anywhere|"


def restarts_are_counted(new_server):
    server = _watched(new_server, shared_preload_libraries="aws_lambda")
    for restarts in (1, 2):
        bridge = server.bridge()
        kill(bridge)
        eventually(lambda: _shown(server, "pid IS NOT NULL, reason IS NULL") == "t|t" and server.bridge() != bridge, "another bridge runs")
        assert _shown(server, "pid, restarts") == f"{server.bridge()}|{restarts}"
    worker = server.worker()
    kill(worker, signal.SIGTERM)
    eventually(lambda: server.worker() not in (0, worker), "another supervisor runs")
    server.works()
    assert _shown(server, "supervisor_pid, restarts") == f"{server.worker()}|3"


def no_bridge_is_started_for_it(new_server):
    server = _watched(new_server)
    assert _shown(server, COLUMNS + ", supervisor_pid, restarts, started") == "|" * 12 + NO_BRIDGE + "|||"
    assert server.worker() == 0
    server.works()
    # not preloaded: the supervisor tells nothing, the bridge does
    assert _shown(server, "pid, supervisor_pid, restarts, reason, clock_timestamp() - started BETWEEN '60 s' AND '61 s'") == f"{server.bridge()}||||t"


def a_kept_connection_to_a_bridge_that_has_ended_is_replaced(new_server):
    server = _watched(new_server, shared_preload_libraries="aws_lambda")
    session = subprocess.Popen(server.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seen():
        session.stdin.write("SELECT pid, reason FROM daybreak.stat_bridge;\n")
        session.stdin.flush()
        return session.stdout.readline().strip()

    bridge = server.bridge()
    assert seen() == f"{bridge}|"
    kill(bridge)
    eventually(lambda: server.bridge() != bridge, "another bridge runs")
    assert seen() == f"{server.bridge()}|"
    session.communicate()


def a_bridge_that_does_not_answer_is_told_within_a_second(new_server):
    server = _watched(new_server, shared_preload_libraries="aws_lambda")
    bridge = server.bridge()
    took = "round(extract(epoch FROM clock_timestamp() - statement_timestamp()))::int"
    server.spoil("status", "silent")
    assert _shown(server, f"pid, connections, {took}, reason") == \
        f"{bridge}||1|no answer from the aws_lambda bridge: The bridge did not answer within 1000 ms."
    os.kill(bridge, signal.SIGSTOP)
    try:
        assert _shown(server, f"pid, connections, {took}, reason") == \
            f"{bridge}||1|aws_lambda bridge is not available: The bridge accepted a connection but did not answer its greeting."
    finally:
        os.kill(bridge, signal.SIGCONT)
    for fault in "garbage", "result":
        server.spoil("status", fault)
        assert _shown(server, "connections, reason").startswith("|aws_lambda bridge: protocol error: "), fault
    server.spoil("status", None)
    # in a transaction that has changed something, which goes on
    server.spoil("status", "garbage")
    assert server.sql("BEGIN", "CREATE TABLE t AS SELECT reason IS NOT NULL AS told FROM daybreak.stat_bridge", "COMMIT", "TABLE t") == "t"
    server.spoil("status", None)
    server.works()
    assert alive(bridge) and _shown(server, "pid, reason") == f"{bridge}|"


def a_cancel_ends_the_question(new_server):
    server = _watched(new_server, shared_preload_libraries="aws_lambda")
    server.works()
    server.spoil("status", "silent")
    begin = time.monotonic()
    state, text = server.error("SET statement_timeout = 100", "SELECT * FROM daybreak.stat_bridge")
    assert state == "57014", text
    return f"{time.monotonic() - begin:.1f} s"


def an_external_bridge_is_asked_as_well(new_server):
    server = _watched(new_server, **{"aws_lambda.bridge_socket": "pg_stat_tmp/elsewhere.sock"}, shared_preload_libraries="aws_lambda")
    assert _shown(server, "pid, restarts, reason") == '||No bridge accepts connections at "pg_stat_tmp/elsewhere.sock".'
