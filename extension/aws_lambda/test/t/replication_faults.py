"""Calls that nobody's session makes: triggers in the apply worker of logical replication, and jobs of pg_cron."""
from server import Skipped, eventually, has_extension

PRELOAD = {"shared_preload_libraries": "aws_lambda"}
GRANTS = ("GRANT USAGE ON SCHEMA aws_lambda TO app", "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO app")


def a_trigger_in_the_apply_worker_calls_and_can_be_stopped(new_server):
    publisher = new_server(wal_level="logical").create()
    subscriber = new_server(**PRELOAD).create()
    publisher.sql("CREATE TABLE t (id int PRIMARY KEY, f text)", "CREATE PUBLICATION p FOR TABLE t")
    # The worker is the owner of the subscription; since 16 the owner of the table.
    user = "app" if subscriber.version() >= 16 else "postgres"
    subscriber.sql(
        "CREATE EXTENSION daybreak", "CREATE ROLE app LOGIN", *GRANTS, "GRANT CREATE ON SCHEMA public TO app",
        "CREATE TABLE t (id int PRIMARY KEY, f text)", "CREATE TABLE answers (id int, answer text)",
        "CREATE FUNCTION call() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.answers SELECT NEW.id, coalesce(payload->>'session_name', "
        "payload::text) FROM aws_lambda.invoke(NEW.f, to_json(NEW.id)); RETURN NULL; END$$",
        "CREATE TRIGGER call AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION call()",
        "ALTER TABLE t OWNER TO app", "ALTER TABLE answers OWNER TO app",
        f"SELECT daybreak.allow('{user}', 'payload'), daybreak.allow('{user}', 'echo'), daybreak.allow('{user}', 'stall')",
        f"SELECT daybreak.assume('{user}', 'arn:aws:iam::123456789012:role/r')",
        f"CREATE SUBSCRIPTION s CONNECTION 'host={publisher.directory} user=postgres dbname=postgres' PUBLICATION p")

    def answers():
        return subscriber.sql("SELECT string_agg(id || ' ' || answer, ',' ORDER BY id) FROM answers")

    def arrived(id):
        return lambda: subscriber.sql(f"SELECT 1 FROM t WHERE id = {id}") == "1"

    publisher.sql("INSERT INTO t VALUES (1, 'payload')")
    eventually(arrived(1), "an ordinary trigger does not fire for what is replicated")
    assert answers() == ""
    for id, enable in ((2, "REPLICA"), (3, "ALWAYS")):
        subscriber.sql(f"ALTER TABLE t ENABLE {enable} TRIGGER call")
        publisher.sql(f"INSERT INTO t VALUES ({id}, 'echo')")
        eventually(arrived(id), enable)
    assert answers() == f"2 {user},3 {user}"
    # A call that waits is ended with its worker. The change stays to be applied, and the call to be made again.
    subscriber.sql("ALTER SYSTEM SET aws_lambda.request_timeout_ms = 900000", "SELECT pg_reload_conf()")
    publisher.sql("INSERT INTO t VALUES (4, 'stall')")
    waiting = "SELECT in_flight FROM daybreak.stat_invocations WHERE function_name = 'stall'"
    eventually(lambda: subscriber.sql(waiting) == "1", "the worker waits for an answer")
    # A worker that is in the middle of a change does not see that its subscription is disabled.
    subscriber.sql("ALTER SUBSCRIPTION s DISABLE", "SELECT pg_terminate_backend(pid) FROM pg_stat_subscription")
    eventually(lambda: subscriber.sql("SELECT count(*) FROM pg_stat_subscription WHERE pid IS NOT NULL") == "0", "the worker ends")
    assert subscriber.sql(waiting) == "0"
    # What no rule gives fails in the worker as well, which goes on as soon as there is one.
    subscriber.sql(f"SELECT daybreak.disallow('{user}', 'stall')", "ALTER SUBSCRIPTION s ENABLE")
    eventually(lambda: f'role "{user}" may not invoke function "stall"' in subscriber.log(), "the rule holds in the worker")
    subscriber.sql("ALTER TABLE t DISABLE TRIGGER call")
    eventually(arrived(4), "the change is applied without the call")
    subscriber.sql("DROP SUBSCRIPTION s")


def a_job_of_pg_cron_calls(new_server):
    if not has_extension(new_server(), "pg_cron"):
        raise Skipped("pg_cron is not installed")
    for libraries in "pg_cron,aws_lambda", "aws_lambda,pg_cron":
        server = new_server(shared_preload_libraries=libraries, **{"cron.database_name": "postgres"})
        server.settings["cron.host"] = server.directory
        server.create()
        server.sql("CREATE EXTENSION pg_cron", "CREATE EXTENSION daybreak", "CREATE ROLE app LOGIN", *GRANTS, "GRANT USAGE ON SCHEMA cron TO app",
                   "CREATE TABLE answers (job text, answer text)", "GRANT INSERT ON answers TO app", "SELECT daybreak.allow('app', 'payload')")
        # Jobs for the start of the server, since others run once a minute.
        server.sql("SELECT cron.schedule('@reboot', $$INSERT INTO answers SELECT 'may', payload FROM aws_lambda.invoke('payload', '1'::json)$$)",
                   "SELECT cron.schedule('@reboot', $$INSERT INTO answers SELECT 'may not', payload FROM aws_lambda.invoke('echo', '1'::json)$$)", user="app")
        server.stop()
        server.start()
        eventually(lambda: server.sql("SELECT * FROM answers") == "may|1", "the job has run")
        eventually(lambda: 'role "app" may not invoke function "echo"' in server.log(), "the other one was refused")
        assert server.sql("SELECT calls FROM daybreak.stat_invocations WHERE function_name = 'payload'") == "1"
