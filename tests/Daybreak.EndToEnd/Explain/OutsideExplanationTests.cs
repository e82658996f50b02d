using System.Text.Json;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Explain;

/// <summary>
/// Servers and machines outside the local AWS make the checks themselves. Here the local AWS takes the place of AWS: they use only its
/// Lambda and STS APIs.
/// </summary>
public sealed class OutsideExplanationTests(LocalStage local, RoleStage stage) : IClassFixture<RoleStage>
{
    private const string Rows =
        "SELECT string_agg(stage || ':' || state, ' ' ORDER BY step) FROM daybreak.explain_invoke('my-function');\n";
    private const string Fix = "SELECT mend FROM daybreak.explain_invoke('my-function') WHERE mend IS NOT NULL;\n";

    private const string Before =
        "extension:ok grants:ok bridge:ok target:ok endpoint:ok credentials:ok dns:ok tcp:ok tls:ok clock:ok caller:ok permission:ok";
    private const string After = "network:notSeen trust:notSeen resourcePolicy:notSeen";

    [Fact]
    public async Task Server_with_an_endpoint_override_checks_what_it_can()
    {
        await using var postgres = await PostgresStage.StartAsync(
            local.Cloud.Endpoint,
            ("aws_lambda.endpoint_override", local.Cloud.Endpoint.GetLeftPart(UriPartial.Authority))
        );
        var database = await postgres.CreateDatabaseAsync();
        await PsqlAsync(postgres, database, "CREATE EXTENSION daybreak;");

        Assert.Equal($"{Before} function:ok timeouts:ok {After}", await PsqlAsync(postgres, database, Rows));
        Assert.Contains(
            "as aws_lambda.endpoint_override says",
            await PsqlAsync(postgres, database, "SELECT evidence FROM daybreak.explain_invoke('my-function') WHERE stage = 'endpoint';"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "function",
            await PsqlAsync(
                postgres,
                database,
                "SELECT stage FROM daybreak.explain_invoke('no-such') WHERE state = 'failed' ORDER BY step LIMIT 1;"
            )
        );
        Assert.Equal(
            "target",
            await PsqlAsync(
                postgres,
                database,
                "SELECT stage FROM daybreak.explain_invoke('a b') WHERE state = 'failed' ORDER BY step LIMIT 1;"
            )
        );
    }

    [Fact]
    public async Task Role_without_a_policy_is_fixed_by_the_command_beside_it()
    {
        var database = await stage.Postgres.CreateDatabaseAsync();
        await PsqlAsync(stage.Postgres, database, "CREATE EXTENSION daybreak;");
        await stage.TypeAsync($"aws iam detach-role-policy --role-name rds-lambda-role --policy-arn {RoleStage.Policy}");

        Assert.Equal(
            "permission:failed",
            await PsqlAsync(
                stage.Postgres,
                database,
                "SELECT stage || ':' || state FROM daybreak.explain_invoke('my-function') WHERE state = 'failed';\n"
            )
        );
        Assert.NotNull(await stage.InvokeAsync());
        var fix = await PsqlAsync(stage.Postgres, database, Fix);
        Assert.StartsWith("aws iam put-role-policy --role-name rds-lambda-role ", fix, StringComparison.Ordinal);
        await stage.TypeAsync(fix);

        await stage.UntilAllowedAsync();
        // The role may only invoke: checks that it may not make are shown as unknown, and not as failures.
        Assert.Equal($"{Before} function:notSeen timeouts:notSeen {After}", await PsqlAsync(stage.Postgres, database, Rows));
    }

    [Fact]
    public async Task Command_line_checks_from_this_machine()
    {
        var works = (await DaybreakAsync("explain", "--aws", "my-function", "--region", "us-east-1")).Expect(0);
        Assert.Contains("  -    network", works.Output, StringComparison.Ordinal);
        Assert.Contains("aws_lambda.invoke reaches my-function from", works.Output, StringComparison.Ordinal);
        var missing = (await DaybreakAsync("explain", "no-such", "--aws", "--json")).Expect(6);
        var failed = JsonDocument
            .Parse(missing.Output)
            .RootElement.GetProperty("stages")
            .EnumerateArray()
            .First(one => one.GetProperty("state").GetString() == "failed");
        Assert.Equal("function", failed.GetProperty("stage").GetString());
        Assert.StartsWith(
            "flowchart TD",
            (await DaybreakAsync("explain", "my-function", "--aws", "--diagram")).Expect(0).Output,
            StringComparison.Ordinal
        );
        // Keys in the environment are not used when a profile is named.
        Assert.Contains(
            "FAILED credentials",
            (await DaybreakAsync("explain", "my-function", "--aws", "--profile", "no-such")).Expect(6).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "./daybreak explain --aws my-function",
            (await DaybreakAsync("explain", "--help")).Expect(0).Output,
            StringComparison.Ordinal
        );
        (await DaybreakAsync("explain", "db", "my-function", "--aws")).Expect(2);
        (await DaybreakAsync("explain", "db", "my-function", "--profile", "x")).Expect(2);
    }

    private static async Task<string> PsqlAsync(PostgresStage postgres, string database, string script) =>
        (await postgres.PsqlAsync(database, "\\pset tuples_only\n\\pset format unaligned\n" + script)).Split('\n', 3)[2].TrimEnd('\n');

    private Task<Program.Finished> DaybreakAsync(params string[] arguments) =>
        Program.RunAsync(
            new Program.Start(Path.Combine(Checkout.Build, "cli", "daybreak"))
            {
                Arguments = arguments,
                Environment = new Dictionary<string, string>(AwsCli.Environment)
                {
                    ["AWS_ENDPOINT_URL"] = local.Cloud.Endpoint.GetLeftPart(UriPartial.Authority),
                    ["AWS_EC2_METADATA_DISABLED"] = "true",
                },
            }
        );
}
