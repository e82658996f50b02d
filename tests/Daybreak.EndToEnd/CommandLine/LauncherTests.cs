namespace Daybreak.EndToEnd.CommandLine;

/// <summary>What the launcher decides before a build and after it: functions of <c>eng/build.sh</c>, with stand-ins for dotnet.</summary>
public sealed class LauncherTests : IDisposable
{
    /// <summary>A directory of a mode, with a script called <c>dotnet</c>.</summary>
    private const string StandIn = """
        stand_in() { mkdir -m "$2" "$1" && printf '#!/bin/sh\n%s\n' "$3" > "$1/dotnet" && chmod 755 "$1/dotnet"; }
        """;

    private readonly string _directory = RunningProgram.CreateTemporaryDirectory();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Global_json_of_another_project_does_not_choose_the_SDK()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory, "global.json"),
            """{"sdk": {"version": "8.0.100", "rollForward": "disable"}}""",
            TestContext.Current.CancellationToken
        );

        var run = await RunAsync(
            """
            find_dotnet || exit
            "$dotnet_root/dotnet" --version > /dev/null 2>&1 && echo "this global.json changes nothing"
            stand_in "$PWD/dotnet" 755 "exec '$dotnet_root/dotnet' --version"
            dotnet_root=$PWD/dotnet
            publish Daybreak.Cli "$PWD/cli"
            """
        );

        Assert.StartsWith("10.", run.Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("755", "--no-self-contained", true)]
    [InlineData("700", "--self-contained", false)]
    public async Task NET_that_others_cannot_reach_goes_along_with_what_root_builds(string mode, string expected, bool named)
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "Who is not root builds for no one else.");

        var run = await RunAsync(
            $"""
            stand_in "$PWD/dotnet" {mode} 'echo " $* "'
            dotnet_root=$PWD/dotnet
            publish_program
            """
        );

        Assert.Contains($" {expected} ", run.Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(named, File.Exists(Path.Combine(_directory, "dotnet-root")));
    }

    [Theory]
    [InlineData("755", "built")]
    [InlineData("700", "own")]
    public async Task Program_runs_on_the_NET_that_built_it_where_its_user_may(string mode, string expected)
    {
        const string User = "setpriv --reuid=65534 --regid=65534 --clear-groups";
        // A directory that the user owns would be accessible to that user.
        var built = mode == "700" && !System.Environment.IsPrivilegedProcess ? "/nonexistent" : Path.Combine(_directory, "built");

        var run = await RunAsync(
            $"""
            stand_in "$PWD/built" {mode} ''
            stand_in "$PWD/own" 755 'echo "10.0.100 [/sdk]"'
            echo '{built}' > dotnet-root
            # The checkout may be in a directory that this user cannot enter.
            mkdir eng && cp "$root/eng/build.sh" "$root/eng/launcher.sh" eng && chmod -R a+rX eng dotnet-root && root=$PWD
            export root build DOTNET_ROOT=$PWD/own
            {(
                System.Environment.IsPrivilegedProcess ? User : ""
            )} bash -c '. "$root/eng/build.sh"; choose_runtime && sh -c "echo \$DOTNET_ROOT"'
            """
        );

        Assert.Equal($"{_directory}/{expected}\n", run.Expect(0).Output);
    }

    [Fact]
    public async Task A_build_whose_PostgreSQL_has_changed_is_found_again_only_after_its_tree_was_brought_up_to_date()
    {
        var run = await RunAsync(
            """
            mkdir -p artifacts eng src extension
            root=$PWD dotnet_root=$PWD pg_major=15
            output=$PWD/artifacts log=/dev/null
            output_directories() { outputs=("$PWD/artifacts"); }
            state=installed
            buildable_majors() { echo 15; }
            postgresql_listing() { printf '%s\n' "$state"; }
            step() { printf '%s\n' "$1"; }
            printf 'echo' > eng/pgsql-tree
            build_locked all; find_build all && echo found
            state=with-an-extension
            find_build all || echo 'not found'
            build_locked all; find_build all && echo found
            """
        );

        Assert.Equal(
            "building the program\nbuilding the bridge\nbuilding the extensions for PostgreSQL 15\nfound\n"
                + "not found\nbuilding the extensions for PostgreSQL 15\nfound\n",
            run.Expect(0).Output
        );
    }

    [Fact]
    public async Task A_tree_is_made_for_every_PostgreSQL_and_only_the_newest_must_succeed()
    {
        var run = await RunAsync(
            """
            pg_major=17
            buildable_majors() { printf '17\n15\n13\n'; }
            step() { printf '%s\n' "$1"; [ "$1" != "building the extensions for PostgreSQL $failing" ]; }
            mkdir -p pgsql/usr/lib/postgresql/17 pgsql/usr/lib/postgresql/15 pgsql/usr/lib/postgresql/13 pgsql/usr/lib/postgresql/14
            failing=13
            build_trees 2>&1; echo "$?"
            ls pgsql/usr/lib/postgresql
            failing=17
            build_trees 2>&1; echo "$?"
            """
        );

        Assert.Equal(
            "building the extensions for PostgreSQL 17\nbuilding the extensions for PostgreSQL 15\nbuilding the extensions for "
                + "PostgreSQL 13\n"
                + "daybreak: going on without PostgreSQL 13\n0\n15\n17\nbuilding the extensions for PostgreSQL 17\n1\n",
            run.Expect(0).Output
        );
    }

    [Fact]
    public async Task A_tree_follows_the_extensions_that_come_to_the_machine_and_go()
    {
        var run = await RunAsync(
            """
            . "$root/eng/postgresql.sh"
            update() { link_all "$PWD/machine" "$PWD/tree" && printf 'vector\nhstore\ndblink\n' | trust_extensions "$PWD/machine" "$PWD/tree"; }
            show() { for file in tree/*; do printf '%s: %s\n' "${file#tree/}" "$(tr '\n' ' ' < "$file")"; done; }
            mkdir machine
            printf 'trusted = true\n' > machine/hstore.control; printf 'v = 1\n' > machine/dblink.control; echo 1 > machine/dblink--1.sql
            update; show
            printf 'v = 2\n' > machine/dblink.control; printf 'v = 8\n' > machine/vector.control; echo 8 > machine/vector--8.sql
            mv machine/dblink--1.sql machine/dblink--2.sql
            update; show
            rm machine/vector* machine/hstore.control
            update; show
            """
        );

        Assert.Equal(
            "dblink--1.sql: 1 \ndblink.control: v = 1  trusted = true \nhstore.control: trusted = true \n"
                + "dblink--2.sql: 1 \ndblink.control: v = 2  trusted = true \nhstore.control: trusted = true \nvector--8.sql: 8 \nvector.control: v = 8  trusted = true \n"
                + "dblink--2.sql: 1 \ndblink.control: v = 2  trusted = true \n",
            run.Expect(0).Output
        );
    }

    private Task<Program.Finished> RunAsync(string script) =>
        Program.RunAsync(
            new Program.Start("/bin/bash")
            {
                Arguments = ["-u"],
                Input = $"""
                root='{Checkout.Root}'
                . "$root/eng/build.sh"
                {StandIn}
                output=$PWD build=$PWD runtime=linux-x64
                {script}
                """,
                Directory = _directory,
            }
        );
}
