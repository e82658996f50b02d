using System.Net;
using System.Text.Json;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Explain;

/// <summary>
/// <c>daybreak.explain_invoke</c> in a local cluster shows in SQL what is broken, and the command beside it repairs it.
/// </summary>
public sealed class ClusterExplanationTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Call = "SELECT status_code FROM aws_lambda.invoke('explained', '{}'::json);\n";
    private const string Failed = "SELECT stage FROM daybreak.explain_invoke('explained') WHERE state = 'failed' ORDER BY step LIMIT 1;\n";
    private const string Fix = "SELECT mend FROM daybreak.explain_invoke('explained') WHERE mend IS NOT NULL;\n";
    private const string DefaultGroup =
        "$(aws ec2 describe-security-groups --filters Name=group-name,Values=default --query 'SecurityGroups[0].GroupId' --output text)";

    [Fact]
    public async Task Broken_stages_are_shown_in_sql_and_fixed_by_what_is_shown()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "explained", LocalStage.Simple);
        var writer = await stage.CreateClusterAsync("explained");
        await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION daybreak CASCADE; CREATE USER app PASSWORD 'app-password';");
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name explained --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name explained --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            """
        );

        // The role is missing, then its policy, then the way out of the network; the shown commands fix each.
        await BreakAndFixAsync(writer, "true", "role");
        await BreakAndFixAsync(
            writer,
            "aws iam detach-role-policy --role-name explained --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole",
            "identityPolicies"
        );
        await BreakAndFixAsync(
            writer,
            $"aws ec2 revoke-security-group-egress --group-id {DefaultGroup} --protocol -1 --cidr 0.0.0.0/0",
            "network"
        );
        var rows = await ClusterStage.PsqlAsync(
            writer,
            "SELECT string_agg(stage || ':' || state, ' ' ORDER BY step) FROM daybreak.explain_invoke('explained');"
        );
        Assert.Equal(
            "database:ok extension:ok grants:ok bridge:ok target:ok network:ok role:ok trust:ok identityPolicies:ok "
                + "resourcePolicy:ok function:ok timeouts:ok\n",
            rows
        );

        // The session's settings apply, and a function is found by row and Region in the same way as by a call.
        Assert.Contains(
            "a call waits 7000 ms",
            await ClusterStage.PsqlAsync(
                writer,
                "SET aws_lambda.request_timeout_ms = 7000; SELECT evidence FROM daybreak.explain_invoke('explained') WHERE stage = "
                    + "'timeouts';"
            ),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "target|The call means arn:aws:lambda:eu-west-1:444455556666:function:explained.\nfunction|Function not found: "
                + "arn:aws:lambda:eu-west-1:444455556666:function:explained",
            await ClusterStage.PsqlAsync(
                writer,
                "SELECT stage, evidence FROM daybreak.explain_invoke(aws_commons.create_lambda_function_arn('explained', "
                    + "'eu-west-1')) WHERE stage IN ('target', 'function');"
            ),
            StringComparison.Ordinal
        );

        // A user who may not invoke learns how to get the permission, and nothing about roles.
        var told = await AppAsync(writer, "SELECT stage, state FROM daybreak.explain_invoke('explained');");
        Assert.Equal("grants|failed\n", told);
        Assert.DoesNotContain(
            "arn:",
            await AppAsync(writer, "SELECT daybreak.explain_invoke_json('explained');"),
            StringComparison.Ordinal
        );
        await ClusterStage.PsqlAsync(writer, await AppAsync(writer, Fix));
        Assert.Equal("200\n", await AppAsync(writer, Call));
        Assert.Equal("12\n", await AppAsync(writer, "SELECT count(*) FROM daybreak.explain_invoke('explained');"));

        await AssertCommandLineAsync(writer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Instances_are_explained_to_nobody_without_their_token(string? token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(
                stage.Endpoint,
                "/_daybreak/explain/instance?function=f&dbname=postgres&user=postgres&connectTimeout=1&requestTimeout=1"
            )
        );
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<string> AppAsync(string writer, string script) =>
        await ClusterStage.PsqlAsync(writer, script, "app", "app-password");

    private async Task BreakAndFixAsync(string writer, string commands, string expected)
    {
        await stage.TypeAsync(commands);
        Assert.Equal($"{expected}\n", await ClusterStage.PsqlAsync(writer, Failed));
        await stage.TypeAsync(await ClusterStage.PsqlAsync(writer, Fix));
        Assert.Equal("", await ClusterStage.PsqlAsync(writer, Failed));
        Assert.Equal("200\n", await ClusterStage.PsqlUntilAsync(writer, Call, static shown => shown == "200\n"));
    }

    /// <summary>The command line asks the same function, by a URI whose password it keeps from psql's arguments.</summary>
    private static async Task AssertCommandLineAsync(string writer)
    {
        var server = $"postgresql://postgres:{Uri.EscapeDataString(ClusterStage.Password)}@{writer}:5432";
        var works = (await DaybreakAsync("explain", $"{server}/postgres", "explained")).Expect(0);
        Assert.Contains("ok     network", works.Output, StringComparison.Ordinal);
        Assert.Contains("aws_lambda.invoke reaches explained from explained-1.", works.Output, StringComparison.Ordinal);
        var broken = (await DaybreakAsync("explain", $"{server}/postgres", "no-such", "--region", "eu-west-1", "--json")).Expect(6);
        Assert.False(JsonDocument.Parse(broken.Output).RootElement.GetProperty("works").GetBoolean());
        var wrong = (await DaybreakAsync("explain", $"{server}/template1", "explained")).Expect(1);
        Assert.Contains("CREATE EXTENSION daybreak CASCADE", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(ClusterStage.Password, wrong.Error, StringComparison.Ordinal);
    }

    private static Task<Program.Finished> DaybreakAsync(params string[] arguments) =>
        Program.RunAsync(Path.Combine(Checkout.Build, "cli", "daybreak"), arguments);
}
