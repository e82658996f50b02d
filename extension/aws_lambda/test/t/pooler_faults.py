"""Behind PgBouncer in transaction mode: a session of the server serves one client after another, and no client meets what another one set."""
import os
import shutil
import subprocess

from server import HANG, Session, Skipped, eventually

RULES = ("CREATE EXTENSION daybreak", "CREATE ROLE app", "CREATE ROLE other", "CREATE ROLE web LOGIN IN ROLE app, other",
         "GRANT USAGE ON SCHEMA aws_lambda TO PUBLIC", "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO PUBLIC")
SETTINGS = "concat_ws(' ', payload->>'default_region', payload->>'request_timeout_ms')"


class _Pooler:
    """PgBouncer before a server, on a Unix socket."""

    def __init__(self, server, **settings):
        program = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
        if program is None:
            raise Skipped("pgbouncer is not installed")
        self.bin, self.directory, self.command_of_server = server.bin, f"{server.directory}/pooler", server.command
        os.mkdir(self.directory)
        settings = {"listen_port": 6432, "unix_socket_dir": self.directory, "auth_type": "trust", "auth_file": f"{self.directory}/users",
                    "pool_mode": "transaction", "max_client_conn": 2000, "default_pool_size": 20, "logfile": f"{self.directory}/log", **settings}
        with open(f"{self.directory}/users", "w") as file:
            file.write('"postgres" ""\n"web" ""\n')
        with open(f"{self.directory}/pgbouncer.ini", "w") as file:
            file.write(f"[databases]\n* = host={server.directory} port=5432\n[pgbouncer]\n")
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        self.process = subprocess.Popen([program, "-q", f"{self.directory}/pgbouncer.ini"], stderr=subprocess.DEVNULL)

    def command(self, **who):
        """As that of a server, for a Session."""
        return [*self.command_of_server(**who), "-h", self.directory, "-p", "6432"]

    def __enter__(self):
        eventually(lambda: os.path.exists(f"{self.directory}/.s.PGSQL.6432"), "the pooler listens")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(HANG)


def a_thousand_clients_share_twenty_sessions_and_no_settings(new_server):
    server = new_server(shared_preload_libraries="aws_lambda").create()
    server.sql("CREATE EXTENSION daybreak")
    with _Pooler(server) as pooler:
        # A division by zero ends a client that sees settings other than its own.
        setting = ("BEGIN;\nSET LOCAL aws_lambda.region = 'eu-west-:client_id';\nSET LOCAL aws_lambda.request_timeout_ms = 60000;\n"
                   f"SELECT 1 / ({SETTINGS} = 'eu-west-:client_id 60000')::int FROM aws_lambda.invoke('echo', '1'::json);\nEND;\n")
        plain = f"SELECT 1 / ({SETTINGS} = '3000')::int FROM aws_lambda.invoke('echo', '1'::json);\n"
        # Time to queue for a session counts for nobody's deadline.
        server.loaded(server.load(1000, 3, setting, plain, at=(pooler.directory, 6432)), 3000)
    assert server.sql("SELECT calls, in_flight FROM daybreak.stat_invocations WHERE function_name = 'echo'") == "3000|0"
    assert int(server.invoke("counters", "payload->>'accepted'")) <= 21


def rules_and_roles_are_those_of_the_transaction(new_server):
    server = new_server(shared_preload_libraries="aws_lambda").create()
    role = "arn:aws:iam::123456789012:role"
    server.sql(*RULES, "SELECT daybreak.allow('app', 'payload'), daybreak.allow('other', 'echo')", f"SELECT daybreak.assume('other', '{role}/other')",
               "ALTER ROLE web NOINHERIT", "REVOKE app, other FROM web", "GRANT app, other TO web")
    calls = {name: f"SELECT coalesce(payload->>'iam_role', payload::text) FROM aws_lambda.invoke('{name}', '1'::json)" for name in ("payload", "echo")}
    with _Pooler(server, default_pool_size=1) as pooler, Session(pooler, "web") as one, Session(pooler, "web") as two:
        assert one.ask("SELECT pg_backend_pid()") == two.ask("SELECT pg_backend_pid()")
        for asks, as_role, may, gives in ((one, "app", "payload", "1"), (two, "other", "echo", f"{role}/other"), (one, "other", "echo", f"{role}/other"),
                                          (two, "app", "payload", "1")):
            may_not = "echo" if may == "payload" else "payload"
            assert asks.ask(f"BEGIN; SET LOCAL ROLE {as_role}; {calls[may]}; COMMIT") == gives
            for statement in (f"BEGIN; SET LOCAL ROLE {as_role}; {calls[may_not]}", calls[may]):
                assert asks.ask(f"\\set ON_ERROR_STOP 0\n{statement}; ROLLBACK; SELECT :'LAST_ERROR_SQLSTATE'") == "42501", statement


def a_client_that_leaves_during_a_call_leaves_the_session_clean(new_server):
    server = new_server(shared_preload_libraries="aws_lambda").create()
    server.sql("CREATE EXTENSION daybreak")
    # PostgreSQL looks only on demand whether a client is still there. 13 cannot: there the call ends at its deadline.
    if server.version() >= 14:
        server.sql("ALTER SYSTEM SET client_connection_check_interval = 50", "ALTER SYSTEM SET aws_lambda.request_timeout_ms = 900000", "SELECT pg_reload_conf()")
    with _Pooler(server, default_pool_size=1) as pooler:
        for _ in range(3):
            client = subprocess.Popen([*pooler.command(), "-c", "SELECT * FROM aws_lambda.invoke('stall', '1'::json)"], stderr=subprocess.DEVNULL)
            eventually(lambda: server.invoke("counters", "payload->>'stalled'") == "1", "the request reaches the bridge")
            client.kill()
            client.wait()
            eventually(lambda: server.invoke("counters", "payload->>'stalled'") == "0", "the session ends with its client, and its call with it")
            with Session(pooler) as next_one:
                assert next_one.ask("SELECT payload FROM aws_lambda.invoke('payload', '1'::json)") == "1"
    assert server.sql("SELECT in_flight FROM daybreak.stat_invocations WHERE function_name = 'stall'") == "0"
