"""No death of the bridge, at any byte, does more than raise an error; the next call works."""
import os
import re
import signal
import subprocess
import sys

from server import PEER, Skipped, alive, eventually, kill

SURVEY = """DO $$
DECLARE n int; outcome text; worked text;
BEGIN
    FOR n IN {first}..{last} LOOP
        BEGIN
            PERFORM aws_lambda.invoke('{command}:' || n, '"x"'::json);
            outcome := 'none';
        EXCEPTION WHEN OTHERS THEN outcome := SQLSTATE;
        END;
        SELECT payload INTO worked FROM aws_lambda.invoke('payload', '"x"'::json);
        RAISE NOTICE '% %', outcome, worked;
    END LOOP;
END $$"""


def _survey(server, command, first, last, *settings):
    """Outcome of the command with each number, and of a call after it."""
    survey = SURVEY.format(command=command, first=first, last=last)
    run = subprocess.run(server.command(), input=";\n".join((*settings, survey)) + ";", capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return re.findall(r"NOTICE:  00000: (\S+) (\S+)", run.stderr)


def a_reply_cut_at_every_byte_is_a_lost_connection(server):
    outcomes = _survey(server, "cut", 0, 120)
    assert outcomes == [("LM903", '"x"')] * 121, outcomes


def a_reply_that_stops_at_any_byte_ends_at_the_deadline(server):
    outcomes = [_survey(server, "cut-hold", n, n, "SET aws_lambda.connect_timeout_ms = 1",
                        "SET aws_lambda.request_timeout_ms = 1") for n in (3, 30)]
    assert outcomes == [[("LM904", '"x"')]] * 2, outcomes


def memory_that_is_short_costs_the_bridge_before_a_backend(server):
    def score(pid):
        with open(f"/proc/{pid}/oom_score_adj") as file:
            return int(file.read())

    bridge = server.bridge()
    assert score(bridge) == 800 > score(server.postmaster), (score(bridge), score(server.postmaster))


def a_killed_bridge_is_replaced_and_the_next_call_of_a_session_works(server):
    bridge = server.bridge()
    process = subprocess.Popen(server.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    call = "SELECT payload->>'pid' FROM aws_lambda.invoke('counters', '1'::json);\n"
    process.stdin.write(call)
    process.stdin.flush()
    assert int(process.stdout.readline()) == bridge
    kill(bridge)
    eventually(lambda: not alive(bridge), "the bridge dies")
    process.stdin.write(call)
    process.stdin.close()
    assert int(process.stdout.readline()) not in (bridge, 0)
    assert process.wait() == 0
    process.stdout.close()
    assert "was terminated by signal 9; restarting it in 50 ms" in server.log()


def a_bridge_that_dies_during_a_call_is_an_error_and_the_call_is_not_repeated(server):
    state, text = server.error("SELECT * FROM aws_lambda.invoke('exit', '1'::json)")
    assert state == "LM903", text
    assert server.invoke("counters", "payload->>'invocations'") == "1"


def restarts_back_off(server):
    for _ in range(4):
        kill(server.bridge())
    server.works()
    waits = [int(ms) for ms in re.findall(r"restarting it in (\d+) ms", server.log())]
    assert waits == [50, 100, 200, 400], waits


def a_terminated_worker_takes_its_bridge_along_and_is_started_again(server):
    bridge, worker = server.bridge(), server.worker()
    kill(worker, signal.SIGTERM)
    eventually(lambda: not alive(bridge) and not alive(worker), "both end")
    server.works()
    assert server.worker() not in (0, worker)


def a_killed_worker_takes_its_bridge_along(server):
    bridge, worker = server.bridge(), server.worker()
    kill(worker)
    eventually(lambda: not alive(bridge), "the bridge dies with its parent")
    eventually(lambda: _works(server), "the server recovers")
    assert server.bridge() != bridge


def a_killed_backend_takes_the_cluster_through_recovery_and_the_next_call_works(server):
    process, backend = server.in_background("SELECT * FROM aws_lambda.invoke('stall', '1'::json)")
    bridge = server.bridge()
    kill(backend)
    server.finish(process)
    eventually(lambda: _works(server), "the server recovers")
    eventually(lambda: not alive(bridge), "the bridge of before ends")
    assert server.bridge() != bridge


def _works(server):
    try:
        server.works()
        return True
    except Exception:
        return False


def a_bridge_that_ignores_sigterm_is_killed(new_server):
    program = _script(new_server, "trap '' TERM\necho $$ > stubborn.pid\nwhile :; do sleep 60; done")
    server = new_server(**{"aws_lambda.bridge_program": program, "shared_preload_libraries": "aws_lambda"}).create()
    pid_file = f"{server.data}/stubborn.pid"
    pid = int(eventually(lambda: os.path.exists(pid_file) and open(pid_file).read(), "the bridge starts"))
    children = open(f"/proc/{pid}/task/{pid}/children").read().split()
    server.stop("fast")
    for one in (pid, *map(int, children)):
        assert not alive(one), f"{one} was left"


def a_bridge_inherits_nothing_but_environment_and_stderr(new_server):
    program = _script(new_server, "ls -l /proc/self/fd > seen.fds\ngrep -E 'Sig(Blk|Ign)' /proc/self/status > seen.signals\n"
                                  "pwd > seen.cwd\numask > seen.umask\ncut -d' ' -f1,5 /proc/$$/stat > seen.group\n"
                                  "echo \"$*\" > seen.arguments\nexec " + PEER + ' "$@"')
    server = new_server(**{"aws_lambda.bridge_program": program, "aws_lambda.max_connections": 7}).create()
    bridge = server.bridge()
    seen = {name: open(f"{server.data}/seen.{name}").read() for name in
            ("fds", "signals", "cwd", "umask", "group", "arguments")}
    # ls itself opens the directory as descriptor 3
    assert re.findall(r" (\d+) -> (\S+?)[:\s]", seen["fds"])[0] == ("0", "pipe"), seen["fds"]
    assert {int(n) for n in re.findall(r" (\d+) -> ", seen["fds"])} <= {0, 1, 2, 3}, seen["fds"]
    assert set(re.findall(r"\t([0-9a-f]+)", seen["signals"])) == {"0" * 16}, seen["signals"]
    assert seen["cwd"].strip() == os.path.realpath(server.data)
    assert seen["umask"].strip() == "0077"
    assert seen["group"].split() == [str(bridge)] * 2, seen["group"]
    assert seen["arguments"].strip() == "--socket pg_stat_tmp/aws_lambda.sock --max-connections 7"


def _script(new_server, body):
    path = f"{new_server().directory}/program"
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + body + "\n")
    os.chmod(path, 0o755)
    return path


def a_missing_program_is_named_at_once(new_server):
    server = new_server(**{"aws_lambda.bridge_program": "/no/such/program"}).create()
    state, text = server.error("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
    assert state == "LM902" and 'Could not execute "/no/such/program": No such file' in text, text


def a_program_that_does_not_start_is_given_up_after_a_while(new_server):
    server = new_server(**{"aws_lambda.bridge_program": "/bin/false"}).create()
    state, text = server.error("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
    assert state == "LM902" and "within 10000 ms" in text and 'The server log says why "/bin/false"' in text, text
    assert "exited with code 1; restarting it in 50 ms" in server.log()


def waiting_for_a_bridge_is_interruptible(new_server):
    server = new_server(**{"aws_lambda.bridge_program": "/bin/false"}).create()
    state, text = server.error("SET statement_timeout = 200", "SELECT * FROM aws_lambda.invoke('f', '1'::json)")
    assert state == "57014", text


def without_a_free_worker_slot_the_error_names_the_setting(new_server):
    server = new_server(max_worker_processes=0).create()
    state, text = server.error("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
    assert state == "LM902" and "Raise max_worker_processes" in text, text


def a_bridge_of_somebody_else_serves_and_its_faults_are_errors(new_server):
    # the path of a Unix socket must be short, and that of a test's directory is not
    server = new_server(**{"aws_lambda.bridge_socket": "pg_stat_tmp/other.sock", "aws_lambda.connect_timeout_ms": 300})
    server.create()
    state, text = server.error("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
    assert state == "LM902" and "within 300 ms" in text and "aws_lambda.bridge_socket" in text, text
    bridge = subprocess.Popen([sys.executable, PEER, "--socket", "pg_stat_tmp/other.sock", "--max-connections", "1"],
                              cwd=server.data, stdin=subprocess.PIPE)
    try:
        eventually(lambda: os.path.exists(f"{server.data}/pg_stat_tmp/other.sock"), "the bridge listens")
        assert server.bridge() == bridge.pid
        assert server.worker() == 0
        expected = {"newer": "LM901", "refuse": "LM901", "garbage": "LM900", "silent": "LM902", "close": "LM902",
                    **{f"cut:{n}": "LM902" for n in range(18)}}
        for fault, state in expected.items():
            server.greeting(fault)
            got, text = server.error("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
            assert got == state, f"{fault}: {text}"
            server.greeting(None)
            server.works()
    finally:
        bridge.send_signal(signal.SIGTERM)
        bridge.stdin.close()
        bridge.wait()


def sessions_that_a_busy_bridge_takes_one_by_one_are_all_served(new_server):
    socket = "pg_stat_tmp/busy.sock"
    server = new_server(**{"shared_preload_libraries": "aws_lambda", "aws_lambda.bridge_socket": socket, "aws_lambda.connect_timeout_ms": 1500})
    server.create()
    bridge = subprocess.Popen([sys.executable, PEER, "--socket", socket, "--max-connections", "1"], cwd=server.data, stdin=subprocess.PIPE)
    try:
        eventually(lambda: os.path.exists(f"{server.data}/{socket}"), "the bridge listens")
        server.greeting("busy:400")
        calls = [subprocess.Popen(server.command("-c", "SELECT payload FROM aws_lambda.invoke('payload', '1'::json)"), stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True) for _ in range(10)]
        answers = [call.communicate()[0].strip() for call in calls]
        assert answers == ["1"] * 10, answers
    finally:
        bridge.send_signal(signal.SIGTERM)
        bridge.stdin.close()
        bridge.wait()


def a_socket_that_another_user_serves_is_not_trusted(new_server):
    socket = os.environ.get("FOREIGN_SOCKET")  # eng/test-extension serves it as another user, which needs root
    if not socket:
        raise Skipped("only root can start a bridge of another user")
    server = new_server(**{"aws_lambda.bridge_socket": socket}).create()
    state, text = server.error("SELECT * FROM aws_lambda.invoke('f', '1'::json)")
    assert state == "LM902" and "is not served by the server's own user" in text, text
