"""Rules of daybreak.allow: other sessions, old snapshots, parallel workers, dumps, updates, standbys, local clusters."""
import os
import re
import subprocess

from server import HANG, PEER, Session, eventually

GRANTS = ("GRANT USAGE ON SCHEMA aws_lambda TO {0}", "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_lambda TO {0}")
CALL = "SELECT payload FROM aws_lambda.invoke('payload', '1'::json)"
MAY = """CREATE FUNCTION may(f text) RETURNS text LANGUAGE plpgsql AS $$BEGIN
    PERFORM aws_lambda.invoke(f, '{}'::json); RETURN 'yes'; EXCEPTION WHEN insufficient_privilege THEN RETURN 'no'; END$$"""


def _with_rules(server):
    server.sql("CREATE EXTENSION daybreak", "CREATE ROLE app LOGIN", *(grant.format("app") for grant in GRANTS), MAY,
               "SELECT daybreak.allow('app', 'payload')")
    return server


def a_change_holds_at_once_in_every_other_session(server):
    _with_rules(server)
    with Session(server, "app") as idle, Session(server, "app") as prepared, Session(server, "app") as old, Session(server, "app") as member:
        server.sql("CREATE ROLE team", "GRANT team TO app")
        prepared.ask("PREPARE p AS SELECT may('payload')")
        prepared.ask("BEGIN")
        old.ask("BEGIN ISOLATION LEVEL REPEATABLE READ")
        for sessions, expected in (((idle, old), "yes"), ((member,), "yes")):
            for session in sessions:
                assert session.ask("SELECT may('payload')") == expected
        assert prepared.ask("EXECUTE p") == "yes"
        for change, expected in (
            ("SELECT daybreak.disallow('app', 'payload')", "yes"),  # no rule is left
            ("SELECT daybreak.allow('app', 'echo')", "no"),
            ("SELECT daybreak.allow('team', 'payload')", "yes"),
            ("REVOKE team FROM app", "no"),
            ("GRANT team TO app", "yes"),
            ("UPDATE daybreak.allow_rules SET types = '{Event}'", "no"),
            ("UPDATE daybreak.allow_rules SET types = '{Event,RequestResponse}'", "yes"),
            ("TRUNCATE daybreak.allow_rules", "no"),
            ("INSERT INTO daybreak.allow_rules (role, pattern, types) VALUES (0, '*', '{RequestResponse}')", "yes"),
            ("DELETE FROM daybreak.allow_rules", "no"),
            ("DELETE FROM daybreak.guarded", "yes"),
            ("SELECT daybreak.allow('team', 'payload'); ALTER ROLE team RENAME TO crew", "yes"),
            ("DROP ROLE crew", "no"),
            ("DROP EXTENSION daybreak", "yes"),
            ("CREATE EXTENSION daybreak VERSION '1.1'", "yes"),
            ("ALTER EXTENSION daybreak UPDATE; SELECT daybreak.allow('app', 'echo')", "no"),
        ):
            server.sql(change)
            seen = {name: session.ask(statement) for name, session, statement in (
                ("idle", idle, "SELECT may('payload')"), ("prepared", prepared, "EXECUTE p"), ("old", old, "SELECT may('payload')"),
                ("member", member, "SELECT may('payload')"))}
            assert set(seen.values()) == {expected}, (change, seen)


def a_change_reaches_a_statement_that_runs(server):
    _with_rules(server)
    loop = """DO $$DECLARE calls int := 0; BEGIN
        WHILE may('payload') = 'yes' LOOP
            calls := calls + 1;
            IF calls = 1 THEN PERFORM pg_notify('called', ''); PERFORM set_config('application_name', 'looping', false); END IF;
            ASSERT calls < 1000000;
        END LOOP; END$$"""
    runner = subprocess.Popen(server.command("-c", loop, user="app"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    eventually(lambda: server.sql("SELECT 1 FROM pg_stat_activity WHERE application_name = 'looping'") == "1", "the loop calls")
    server.sql("SELECT daybreak.allow('app', 'echo')", "SELECT daybreak.disallow('app', 'payload')")
    assert runner.wait(HANG) == 0, runner.stderr.read()
    runner.stderr.close()


def what_is_rolled_back_or_not_yet_committed_holds_nowhere_else(server):
    _with_rules(server)
    with Session(server, user="postgres") as administrator, Session(server, "app") as app:
        administrator.ask("BEGIN")
        administrator.ask("SELECT daybreak.disallow('app', 'payload'), daybreak.allow('app', 'echo')")
        assert (app.ask("SELECT may('payload')"), app.ask("SELECT may('echo')")) == ("yes", "no")
        assert administrator.ask("SET ROLE app; SELECT may('payload'), may('echo'); RESET ROLE") == "no|yes"
        administrator.ask("ROLLBACK")
        assert (app.ask("SELECT may('payload')"), app.ask("SELECT may('echo')")) == ("yes", "no")
        assert administrator.ask("SET ROLE app; SELECT may('payload'), may('echo'); RESET ROLE") == "yes|no"


def an_iam_role_changes_at_once_and_is_dumped(server):
    _with_rules(server)
    server.sql("SELECT daybreak.allow('app', 'echo')", "CREATE ROLE team", "GRANT team TO app")
    sent = "SELECT concat_ws(' ', payload->>'iam_role', payload->>'external_id', payload->>'session_name') FROM aws_lambda.invoke('echo', '1'::json)"
    role = "arn:aws:iam::123456789012:role"
    with Session(server, "app") as app, Session(server, "app") as old:
        old.ask("BEGIN ISOLATION LEVEL REPEATABLE READ")
        for change, expected in (
            ("SELECT 1", ""),
            (f"SELECT daybreak.assume('team', '{role}/team')", f"{role}/team app"),
            (f"SELECT daybreak.assume('app', '{role}/app', 'id')", f"{role}/app id app"),
            ("SELECT daybreak.unassume('app')", f"{role}/team app"),
            ("REVOKE team FROM app", ""),
            (f"SELECT daybreak.assume('PUBLIC', '{role}/all')", f"{role}/all app"),
        ):
            server.sql(change)
            assert (app.ask(sent), old.ask(sent)) == (expected, expected), change
    told = _restore(server, _dump(server, "app"), "copy")
    assert server.sql(sent, user="app", database="copy") == f"{role}/all app", told
    told = _restore(server, _dump(server, "app").replace("team\tarn", "nobody_knows\tarn"), "broken")
    state, message = server.error(sent, user="app", database="broken")
    assert state == "55000" and "The rules of daybreak.assume are lost." in message, (message, told)


def the_last_two_rules_taken_at_once_open_the_database(server):
    _with_rules(server)
    server.sql("SELECT daybreak.allow('app', 'echo')")
    with Session(server, user="postgres") as one:
        one.ask("BEGIN")
        one.ask("SELECT daybreak.disallow('app', 'payload')")
        other = subprocess.Popen(server.command("-c", "SELECT daybreak.disallow('app', 'echo')"), stdout=subprocess.DEVNULL)
        eventually(lambda: server.sql("SELECT count(*) FROM pg_locks WHERE NOT granted") == "1", "the second one waits")
        one.ask("COMMIT")
        assert other.wait(HANG) == 0
    assert server.sql("SELECT may('counters')", user="app") == "yes"


def the_last_rule_is_not_taken_beside_one_that_is_not_seen(server):
    _with_rules(server)
    role = "arn:aws:iam::123456789012:role/app"
    server.sql(f"SELECT daybreak.assume('app', '{role}')", "CREATE ROLE other")
    for take, make in (("daybreak.disallow('app', 'payload')", "daybreak.allow('other', 'payload')"),
                       ("daybreak.unassume('app')", f"daybreak.assume('other', '{role}')")):
        with Session(server, user="postgres") as session:
            session.ask("BEGIN ISOLATION LEVEL REPEATABLE READ")
            session.ask("SELECT FROM daybreak.allowed")
            server.sql(f"SELECT {make}")
            session.ask("\\set ON_ERROR_STOP off\nSELECT 1")
            assert session.ask(f"SELECT {take}") == ""  # could not serialize
            session.ask("ROLLBACK")
    assert server.sql("SELECT string_agg(kind, ' ' ORDER BY kind) FROM daybreak.guarded") == "allow assume"


def rules_are_not_lost_while_the_first_one_is_made(server):
    _with_rules(server)
    locks = "SELECT count(*) FROM pg_locks WHERE relation = 'daybreak.{}'::regclass AND mode LIKE '{}%' AND {}"
    with Session(server, user="postgres") as one, Session(server, user="postgres") as other:
        one.ask("BEGIN")
        one.ask("LOCK TABLE daybreak.allow_rules")
        reader = subprocess.Popen(server.command("-c", CALL, user="app"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        eventually(lambda: server.sql(locks.format("allow_rules", "AccessShare", "NOT granted")) == "1", "the session reads the rules")
        other.process.stdin.write("BEGIN; LOCK TABLE daybreak.guarded;\n")
        other.process.stdin.flush()
        eventually(lambda: server.sql(locks.format("guarded", "AccessExclusive", "true")) == "1", "it locks")
        one.ask("COMMIT")
        eventually(lambda: reader.poll() is not None or server.sql(locks.format("guarded", "AccessShare", "NOT granted")) == "1", "it has read them")
        other.ask("SELECT daybreak.assume('app', 'arn:aws:iam::123456789012:role/app'); COMMIT")
        assert reader.communicate(timeout=HANG)[0].strip() == "1"


def everybody_is_public_in_every_language(server):
    if "--with-icu" not in subprocess.run([f"{server.bin}/pg_config", "--configure"], capture_output=True, text=True).stdout or \
            int(server.sql("SHOW server_version_num")) < 150000:
        return "no database of this version is Turkish"
    server.sql("CREATE DATABASE turkish TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr'")
    server.sql("CREATE EXTENSION daybreak CASCADE", "SELECT daybreak.allow('PUBLIC', 'f')", database="turkish")
    assert server.sql("SELECT lower('I') = 'i', role FROM daybreak.allowed", database="turkish") == "f|PUBLIC"


def who_may_write_every_table_may_not_write_rules(server):
    if int(server.sql("SHOW server_version_num")) < 140000:
        return "13 has no such role"
    _with_rules(server)
    server.sql("CREATE ROLE writer LOGIN", "GRANT pg_write_all_data TO writer")
    for statement in ("INSERT INTO daybreak.allow_rules (rule, role, pattern, types) VALUES (9, 'writer', '*', '{Event}')",
                      "UPDATE daybreak.allow_rules SET role = 'writer'", "DELETE FROM daybreak.allow_rules", "DELETE FROM daybreak.guarded"):
        state, message = server.error(statement, user="writer")
        assert state == "42501" and "permission denied for table" in message, message


def nobody_exempts_himself_through_a_superuser_s_function(new_server):
    server = _with_rules(new_server().create())
    server.sql("CREATE FUNCTION lent() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$SELECT may('echo')$$")
    exempt = "SET aws_lambda.superusers_exempt = on"
    assert server.sql(exempt, "SELECT lent()", user="app") == "no"  # before the library is loaded, any text is accepted
    assert server.error("SELECT lent()", exempt, user="app")[0] == "42501"
    os.environ["PGOPTIONS"] = "-c aws_lambda.superusers_exempt=on"
    try:
        assert server.sql("SELECT lent()", user="app") == "no"
    finally:
        del os.environ["PGOPTIONS"]
    server.configure(**{"aws_lambda.superusers_exempt": "on"})
    server.sql("SELECT pg_reload_conf()")
    eventually(lambda: server.sql("SELECT lent()", user="app") == "yes", "the configuration is reloaded")


def a_parallel_worker_judges_as_its_leader(new_server):
    server = new_server()
    version = subprocess.run([f"{server.bin}/pg_config", "--version"], capture_output=True, text=True).stdout
    server.settings.update({"shared_preload_libraries": "aws_lambda",
                            "force_parallel_mode" if int(re.search(r"\d+", version)[0]) < 16 else "debug_parallel_query": "on"})
    _with_rules(server.create())
    server.sql("CREATE FUNCTION called(f text) RETURNS text LANGUAGE sql PARALLEL SAFE AS "
               "$$SELECT aws_lambda.invoke(f, '1'::json)::text$$", "ALTER FUNCTION aws_lambda.invoke(text, json, text, text, text, json, varchar) PARALLEL SAFE")
    assert "Gather" in server.sql("EXPLAIN SELECT called('payload')", user="app")
    assert server.sql("SELECT called('payload')", user="app").startswith("(200,1")
    state, message = server.error("SELECT called('echo')", user="app")
    assert state == "42501" and 'role "app" may not invoke function "echo"' in message, message


def _dump(server, user):
    run = subprocess.run([f"{server.bin}/pg_dump", "-h", server.directory, "-U", user, "postgres"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


def _restore(server, dump, database):
    """Restores into a new database, going on after errors as psql does; what it was told of them."""
    server.sql(f"CREATE DATABASE {database}")
    return subprocess.run([f"{server.bin}/psql", "-X", "-q", "-h", server.directory, "-U", "postgres", "-d", database], input=dump,
                          capture_output=True, text=True).stderr


def rules_are_dumped_and_a_restore_that_fails_leaves_the_database_guarded(server):
    _with_rules(server)
    server.sql("CREATE ROLE gone", "CREATE ROLE missing", "CREATE ROLE reader LOGIN", "SELECT daybreak.allow('gone', 'x')",
               "SELECT daybreak.allow('PUBLIC', 'echo', '{Event}')", "DROP ROLE gone")
    # Everybody may dump, as before there were rules.
    dump = _dump(server, "reader")

    def restored(name, text):
        _restore(server, text, name)
        return server.sql("SELECT string_agg(concat_ws(' ', rule, role, pattern, types), ';' ORDER BY rule) FROM daybreak.allowed", database=name)

    assert restored("copy", dump) == "1 app payload {RequestResponse,Event,DryRun};3 PUBLIC echo {Event}"
    assert server.sql("SELECT may('payload'), may('counters')", user="app", database="copy") == "yes|no"
    assert int(server.sql("SELECT daybreak.allow('app', 'echo')", database="copy")) > 3
    # A role that does not exist there: none of the rules is restored.
    assert restored("broken", dump.replace("1\tapp\tpayload", "1\tnobody_knows\tpayload")) == ""
    assert server.sql("SELECT may('payload')", user="app", database="broken") == "no"


def a_standby_learns_of_changes(new_server):
    primary = _with_rules(new_server().create())
    standby = new_server().follow(primary)
    with Session(standby, "app") as app:
        assert app.ask("SELECT may('payload')") == "yes"
        primary.sql("SELECT daybreak.allow('app', 'echo')", "SELECT daybreak.disallow('app', 'payload')")
        eventually(lambda: app.ask("SELECT may('payload')") == "no", "the standby has the change")
        assert app.ask("SELECT may('echo')") == "yes"


def on_local_clusters_members_of_rds_superuser_are_in_charge(new_server):
    server = new_server()
    subprocess.run([f"{server.bin}/initdb", "-D", server.data, "-U", "rdsadmin", "-A", "trust", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8"],
                   check=True, capture_output=True)
    server.configure(listen_addresses="", unix_socket_directories=server.directory, fsync="off",
                     **{"aws_lambda.bridge_program": PEER})
    server.start()
    server.sql("CREATE ROLE rds_superuser", "CREATE ROLE postgres LOGIN CREATEROLE CREATEDB IN ROLE rds_superuser", "CREATE ROLE app LOGIN",
               "CREATE ROLE other LOGIN", "GRANT CREATE ON DATABASE postgres TO rds_superuser", user="rdsadmin")
    server.sql("CREATE EXTENSION aws_lambda CASCADE", "CREATE EXTENSION daybreak VERSION '1.1'", "ALTER EXTENSION daybreak UPDATE",
               *(grant.format("app") for grant in GRANTS), "SELECT daybreak.allow('app', 'payload')",
               "INSERT INTO daybreak.allow_rules (role, pattern, types) VALUES ('app', 'echo', '{Event}')",
               "SELECT daybreak.assume('other', 'arn:aws:iam::123456789012:role/other')")
    assert server.sql(CALL, user="app") == "1"
    state, message = server.error(CALL)
    assert state == "42501" and 'role "postgres" may not' in message, message
    for statement in ("SELECT daybreak.allow('other', '*')", "DELETE FROM daybreak.allow_rules"):
        assert server.error(statement, user="other")[0] == "42501"
    for statement in ("ALTER TABLE daybreak.allow_rules DISABLE TRIGGER ALL", "DROP TABLE daybreak.guarded",
                      "ALTER EXTENSION daybreak DROP TABLE daybreak.allow_rules"):
        assert server.error(statement)[0] == "42501", statement
    # The master user dumps and restores rules.
    told = _restore(server, _dump(server, "postgres"), "copy")
    assert server.sql("SELECT count(*) FROM daybreak.allowed", database="copy") == "2", told
    assert server.sql(CALL, user="app", database="copy") == "1"
