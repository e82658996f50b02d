using System.Globalization;
using System.Text.Json;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

/// <summary><c>explain</c> of a missing function: functions with similar names, and the commands that create it.</summary>
public sealed class ExplainMissingFunctionTests(ClusterStage stage) : IClassFixture<ClusterStage>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("explain-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Printed_commands_make_it_and_the_call_works()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "import-orders", LocalStage.Simple);
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name db --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name db --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            aws iam attach-role-policy --role-name import-orders-role --policy-arn arn:aws:iam::aws:policy/AdministratorAccess
            """
        );
        var host = await stage.CreateClusterAsync("shop");
        await stage.TypeAsync(
            "aws rds add-role-to-db-cluster --db-cluster-identifier shop --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/db"
        );
        await ClusterStage.PsqlAsync(host, "CREATE EXTENSION aws_lambda CASCADE;");

        // Similar names are listed separately from functions of another Region and from versions.
        var missing = await FailedAsync("Import-Oders");
        Assert.Equal(
            ["arn:aws:lambda:us-east-1:444455556666:function:Import-Oders", "arn:aws:lambda:us-east-1:444455556666:function:import-orders"],
            Texts(missing, "evidence")
        );
        Assert.Equal(
            "If arn:aws:lambda:us-east-1:444455556666:function:import-orders is meant: SELECT * FROM "
                + "aws_lambda.invoke('import-orders', '{}'::json);",
            Steps(missing)[0].What
        );
        var elsewhere = await FailedAsync("arn:aws:lambda:eu-west-1:444455556666:function:import-orders");
        Assert.Contains("create_lambda_function_arn('import-orders', 'us-east-1')", Steps(elsewhere)[0].What, StringComparison.Ordinal);
        var version = await FailedAsync("import-orders:7", "version");
        Assert.Equal([("Call it without :7.", "")], Steps(version));

        // An alias is made by the commands, the first one with a version.
        var alias = Assert.Single(Steps(await FailedAsync("import-orders:live", "alias")));
        Assert.StartsWith("aws lambda publish-version ", alias.Commands, StringComparison.Ordinal);
        await TypeAsync(alias.Commands);
        Assert.Contains(
            "1|200",
            await ClusterStage.PsqlAsync(
                host,
                "SELECT executed_version, status_code FROM aws_lambda.invoke('import-orders:live', '{}'::json);\n"
            ),
            StringComparison.Ordinal
        );
        var shown = (await Launcher.RunAsync("explain", "shop", "import-orders:live", "--json", "--port", Port)).Expect(0).Output;
        Assert.Contains("function:import-orders:live means version 1.", shown, StringComparison.Ordinal);
        var second = Assert.Single(Steps(await FailedAsync("import-orders:next", "alias")));
        Assert.Equal("Make it for version 1, the last one.", second.What);
        await TypeAsync(second.Commands);
        (await Launcher.RunAsync("explain", "shop", "import-orders:next", "--port", Port)).Expect(0);

        // A name that no function can have appears in no command.
        foreach (var name in (string[])["x;id", "$(id)", "a`id`", "a\nb", "a&id", new string('a', 65)])
            Assert.Equal(
                $"{name} is not the name of a function.",
                (await StagesAsync(name)).First(one => one.GetProperty("stage").GetString() == "target").GetProperty("text").GetString()
            );

        // A new function does not get a role with all permissions.
        var make = Assert.Single(Steps(await FailedAsync("new-function")));
        Assert.Contains("aws iam create-role --role-name lambda-execution-role ", make.Commands, StringComparison.Ordinal);
        await TypeAsync(make.Commands);
        Assert.Equal(
            "200|{\"n\": 1}\n",
            await ClusterStage.PsqlAsync(host, "SELECT status_code, payload FROM aws_lambda.invoke('new-function', '{\"n\": 1}'::json);\n")
        );
        (await Launcher.RunAsync("explain", "shop", "new-function", "--port", Port)).Expect(0);

        // The next one uses the same role and the existing code.
        make = Assert.Single(Steps(await FailedAsync("own-code")));
        Assert.DoesNotContain("create-role", make.Commands, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_directory, "own-code"));
        await File.WriteAllTextAsync(
            Path.Combine(_directory, "own-code", "lambda_function.py"),
            "def lambda_handler(event, context):\n    return 'mine'\n",
            TestContext.Current.CancellationToken
        );
        await TypeAsync(make.Commands);
        Assert.Equal("\"mine\"\n", await ClusterStage.PsqlAsync(host, "SELECT payload FROM aws_lambda.invoke('own-code', '{}'::json);\n"));
    }

    private string Port => stage.Endpoint.Port.ToString(CultureInfo.InvariantCulture);

    private async Task<List<JsonElement>> StagesAsync(string function)
    {
        var shown = (await Launcher.RunAsync("explain", "shop", function, "--json", "--port", Port)).Expect(6).Output;
        return [.. JsonDocument.Parse(shown).RootElement.GetProperty("stages").EnumerateArray()];
    }

    /// <summary>The stage that is the only one to fail.</summary>
    private async Task<JsonElement> FailedAsync(string function, string stage = "function")
    {
        var failed = Assert.Single(await StagesAsync(function), one => one.GetProperty("state").GetString() == "failed");
        Assert.Equal(stage, failed.GetProperty("stage").GetString());
        return failed;
    }

    private static List<string> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static List<(string What, string Commands)> Steps(JsonElement failed) =>
        [
            .. failed
                .GetProperty("toMend")
                .EnumerateArray()
                .Select(step => (step.GetProperty("what").GetString()!, string.Join('\n', Texts(step, "commands")))),
        ];

    private Task<string> TypeAsync(string commands) => stage.TypeAsync($"cd {_directory}\n{commands}");
}
