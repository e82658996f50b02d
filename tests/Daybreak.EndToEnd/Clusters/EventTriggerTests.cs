using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>Members of rds_superuser make event triggers, which never run with a superuser's rights.</summary>
public sealed class EventTriggerTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Audit = """
        CREATE TABLE audit (what text, who name, super boolean); GRANT INSERT, SELECT ON audit TO PUBLIC;
        CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS
          $$BEGIN INSERT INTO public.audit SELECT TG_TAG, rolname, rolsuper FROM pg_roles WHERE rolname = current_user; END$$;
        CREATE FUNCTION note_as_owner() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS
          $$BEGIN INSERT INTO public.audit SELECT 'owner ' || TG_TAG, rolname, rolsuper FROM pg_roles WHERE rolname = current_user; END$$;
        CREATE EVENT TRIGGER noted ON ddl_command_start EXECUTE FUNCTION note();
        CREATE EVENT TRIGGER noted_as_owner ON ddl_command_end EXECUTE FUNCTION note_as_owner();
        """;

    [Fact]
    public async Task A_member_of_rds_superuser_creates_alters_and_drops_event_triggers_and_nobody_else_does()
    {
        var writer = await stage.CreateClusterAsync("audited");
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                writer,
                $"CREATE ROLE app LOGIN PASSWORD '{ClusterStage.Password}'; GRANT CREATE ON SCHEMA public TO app;{Audit}"
            )
        );

        Assert.Equal("", await ClusterStage.PsqlAsync(writer, "CREATE TABLE made ();", "app"));
        Assert.Equal("CREATE TABLE|app|f\nowner CREATE TABLE|postgres|f\n", await ClusterStage.PsqlAsync(writer, "SELECT * FROM audit;"));
        Assert.Equal(
            "noted|postgres\nnoted_as_owner|postgres\n",
            await ClusterStage.PsqlAsync(writer, "SELECT evtname, evtowner::regrole FROM pg_event_trigger ORDER BY 1;")
        );
        Assert.Equal(
            "ERROR:  permission denied to create event trigger \"mine\"\nHINT:  Must be superuser to create an event trigger.\n",
            await ClusterStage.PsqlAsync(writer, "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION note();", "app")
        );
        foreach (
            var statement in (string[])
                ["ALTER EVENT TRIGGER noted DISABLE;", "DROP EVENT TRIGGER noted;", "ALTER EVENT TRIGGER noted OWNER TO app;"]
        )
            Assert.Equal("ERROR:  must be owner of event trigger noted\n", await ClusterStage.PsqlAsync(writer, statement, "app"));
        Assert.Equal(
            "ERROR:  function missing() does not exist\n",
            await ClusterStage.PsqlAsync(writer, "CREATE EVENT TRIGGER lost ON sql_drop EXECUTE FUNCTION missing();")
        );

        // A dump can be restored.
        Assert.Equal("", await ClusterStage.PsqlAsync(writer, "DROP TABLE made;", "app"));
        var dump = (await ClusterStage.RunAsync("pg_dump", ["--schema-only"], writer, "postgres", ClusterStage.Password, "postgres"))
            .Expect(0)
            .Output;
        Assert.Equal(
            "",
            await ClusterStage.PsqlAsync(
                writer,
                """
                ALTER EVENT TRIGGER noted DISABLE; ALTER EVENT TRIGGER noted ENABLE ALWAYS; ALTER EVENT TRIGGER noted RENAME TO other; COMMENT ON EVENT TRIGGER other IS 'x';
                DROP EVENT TRIGGER other; DROP EVENT TRIGGER noted_as_owner; CREATE DATABASE copy;
                """
            )
        );
        await ClusterStage.PsqlAsync(writer, dump, database: "copy");
        Assert.Equal(
            "noted|postgres\nnoted_as_owner|postgres\n",
            await ClusterStage.PsqlAsync(writer, "SELECT evtname, evtowner::regrole FROM pg_event_trigger ORDER BY 1;", database: "copy")
        );
    }

    [Fact]
    public async Task Event_triggers_are_skipped_where_a_superuser_is_at_work()
    {
        var writer = await stage.CreateClusterAsync("skipped");
        var socket = (await ClusterStage.PsqlAsync(writer, "SHOW unix_socket_directories;")).Trim();
        await ClusterStage.PsqlAsync(
            socket,
            "CREATE FUNCTION public.script(text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN EXECUTE $1; END';",
            "rdsadmin"
        );
        Assert.Equal("", await ClusterStage.PsqlAsync(writer, Audit));

        // The trigger fires for the user's statement, but not for those of the extension's script or of rdsadmin.
        Assert.Equal("", await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION citext;"));
        Assert.Equal("", await ClusterStage.PsqlAsync(socket, "CREATE TABLE by_rdsadmin ();", "rdsadmin"));
        await ClusterStage.PsqlAsync(
            writer,
            """
            DO $$BEGIN
              PERFORM script('CREATE TABLE first (); SELECT 1 / 0');
            EXCEPTION WHEN division_by_zero THEN
              CREATE TABLE second ();
              PERFORM script('CREATE TABLE third ()');
            END$$;
            """
        );
        Assert.Equal(
            "CREATE EXTENSION|postgres|f\nowner CREATE EXTENSION|postgres|f\nCREATE TABLE|postgres|f\nowner CREATE TABLE|postgres|f\n",
            await ClusterStage.PsqlAsync(writer, "SELECT * FROM audit;")
        );
    }
}
