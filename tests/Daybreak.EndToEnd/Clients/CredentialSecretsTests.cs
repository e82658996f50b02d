using System.Globalization;
using System.Text;
using Daybreak.Cloud.Sts;
using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clients;

/// <summary>Keys, tokens and signatures are in no log, no error, no argument of a process and no status, whatever becomes of a
/// call.</summary>
public sealed class CredentialSecretsTests(LocalStage stage) : IDisposable
{
    private const string RootKey = "AKIAROOTOFSECRETS001";
    private const string RootSecret = "verySecretKeyOfTheRootOfTests+/1";
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
        + "signing method. Consult the service documentation for details.";

    private readonly string _temporary = RunningProgram.CreateTemporaryDirectory();

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Of_root_and_of_a_cluster_s_role()
    {
        const string Call = "SELECT status_code FROM aws_lambda.invoke('{0}', '{{\"order\": 7}}'::json);\n";
        using var arguments = new ArgumentsWatch();
        var secrets = new Secrets();
        secrets.Add("the root's secret key", RootSecret);
        var port = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        var endpoint = new Uri($"http://127.0.0.1:{port}");
        await using var up = RunningProgram.Start(
            _temporary,
            new Dictionary<string, string> { ["DAYBREAK_ROOT_CREDENTIALS"] = $"{RootKey}:{RootSecret}" },
            "up",
            "--port",
            port
        );
        await up.WaitForAsync("Ctrl-C");
        await FunctionDeployment.CreateAsync(endpoint, "simple", LocalStage.Simple);
        await FunctionDeployment.CreateAsync(
            endpoint,
            "fails",
            "def lambda_handler(event, context):\n    raise ValueError(event['order'])\n"
        );

        // The root creates a cluster with a role.
        var shown = await TypeAsync(
            $"""
            {ClusterStage.CreateCluster("app")}
            {ClusterStage.CreateInstance("app", "app-1")}
            aws iam create-role --role-name app --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name app --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            """
        );
        await ClusterStage.AvailableAsync(endpoint, "app-1");
        shown += await TypeAsync(
            "aws rds add-role-to-db-cluster --db-cluster-identifier app --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/app"
        );
        var writer = await ClusterStage.EndpointOfAsync(endpoint, "app");
        await SqlAsync("CREATE EXTENSION daybreak CASCADE;\n", "");
        await SqlAsync(Calls("simple"), "200");
        var bridge = ProcessTree.Below(up.Id).Single(process => process.Value.StartsWith("daybreak-bridge", StringComparison.Ordinal)).Key;
        var credentials = new Uri(endpoint, ContainerCredentials.Path);
        await secrets.AddRoleAsync(credentials, await BridgeToken.FindAsync(bridge, credentials));
        foreach (var process in ProcessTree.Below(up.Id).Keys)
            secrets.AssertNotIn($"the environment of {process}", await EnvironmentOfAsync(process));

        // These calls fail: in the function, because they are denied, because the session has ended, and because the key's secret is wrong.
        await SqlAsync(Calls("fails"), "LM100");
        await SqlAsync("SELECT * FROM daybreak.explain_invoke('simple');\n", "identityPolicies");
        shown += await TypeAsync(
            "aws iam detach-role-policy --role-name app --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole"
        );
        await SqlAsync(Calls("simple"), "LM003");
        shown += await TypeAsync(
            "aws rds remove-role-from-db-cluster --db-cluster-identifier app --feature-name Lambda --role-arn "
                + "arn:aws:iam::444455556666:role/app"
        );
        await SqlAsync(Calls("simple"), "LM008");
        shown += await TypeAsync(
            "AWS_SECRET_ACCESS_KEY=wrong${AWS_SECRET_ACCESS_KEY} aws lambda invoke --function-name simple /dev/stdout 2>&1 || true"
        );
        Assert.Contains("InvalidSignatureException", shown, StringComparison.Ordinal);

        foreach (
            var command in (string[][])
                [
                    ["status", "--json"],
                    ["status"],
                    ["logs"],
                    ["explain", "app", "simple"],
                ]
        )
        {
            var told = await Launcher.RunAsync([.. command, "--port", port]);
            secrets.AssertNotIn(string.Join(' ', command), told.Output + told.Error);
            Assert.NotEqual("", told.Output);
        }
        var files = Files();
        Assert.Contains(
            files,
            static file =>
                Path.GetFileName(file.Key) == "server.log" && file.Value.Contains("\"sqlstate\":\"LM008\"", StringComparison.Ordinal)
        );
        // The state does contain them, which shows that this search would find them; only its owner can read it.
        Assert.Contains(files, file => IsState(file.Key) && secrets.In(file.Value) is [_, ..]);
        foreach (var (file, content) in files.Where(static file => !IsState(file.Key)))
            secrets.AssertNotIn(file, content);
        up.Signal(Signal.Interrupt);
        await up.EndsAsync();
        secrets.AssertNotIn("what clients showed", shown);
        secrets.AssertNotIn("the output of up", up.Output);
        var seen = await arguments.StopAsync();
        secrets.AssertNotIn("an argument", seen);
        Assert.Contains("daybreak-bridge\0--socket", seen, StringComparison.Ordinal);

        string Calls(string function) => "\\set VERBOSITY verbose\n" + string.Format(CultureInfo.InvariantCulture, Call, function);

        async Task SqlAsync(string script, string expected)
        {
            var answer = await ClusterStage.PsqlAsync(writer, script);
            Assert.Contains(expected, answer, StringComparison.Ordinal);
            shown += answer;
        }

        Task<string> TypeAsync(string commands) =>
            AwsCli.TypeAsync(endpoint, $"export AWS_ACCESS_KEY_ID={RootKey} AWS_SECRET_ACCESS_KEY='{RootSecret}'\n{commands}");
    }

    [Fact]
    public async Task Of_a_role_at_an_endpoint_that_repeats_what_it_is_sent()
    {
        using var arguments = new ArgumentsWatch();
        var secrets = new Secrets();
        await AwsCli.TypeAsync(
            stage.Cloud.Endpoint,
            $"aws iam create-role --role-name talked-of --assume-role-policy-document {RoleStage.Trust}"
        );
        var token = stage.Cloud.ContainerCredentials.Add(() =>
            new ServerRole(
                "rds.amazonaws.com",
                "arn:aws:iam::444455556666:role/talked-of",
                "s",
                FunctionDeployment.AccountId,
                "arn:aws:rds:us-east-1:444455556666:cluster:c"
            )
        );
        await secrets.AddRoleAsync(new Uri(stage.Cloud.Endpoint, ContainerCredentials.Path), token);
        var shown = "";
        await using var endpoint = new TalkativeEndpoint();
        await using var postgres = await PostgresStage.StartInRoleAsync(stage.Cloud.Endpoint, token, endpoint.Uri);
        var database = await postgres.CreateDatabaseAsync();
        await SqlAsync("CREATE EXTENSION daybreak");
        foreach (
            var (code, message) in ((string, string)[])
                [
                    (
                        "InvalidSignatureException",
                        Mismatch
                            + "\n\nThe Canonical String for this request should have been\n'POST\n/\n\n{sent}'\n\nThe "
                            + "String-to-Sign should have been\n'AWS4-HMAC-SHA256'"
                    ),
                    ("ExpiredTokenException", "The security token included in the request is expired: {sent}"),
                    ("UnrecognizedClientException", "The security token included in the request is invalid: {sent}"),
                    ("AccessDeniedException", "Not with {sent}"),
                ]
        )
        {
            endpoint.Refusal = (code, message);
            var told = await SqlAsync("SELECT * FROM aws_lambda.invoke('simple', '{}'::json)");
            Assert.Contains(message.Split("\n\n")[0].Replace("{sent}", "", StringComparison.Ordinal), told, StringComparison.Ordinal);
            Assert.Contains(code, await SqlAsync("SELECT * FROM daybreak.explain_invoke('simple')"), StringComparison.Ordinal);
        }
        await endpoint.DisposeAsync();
        Assert.Contains("LM001", await SqlAsync("SELECT * FROM aws_lambda.invoke('simple', '{}'::json)"), StringComparison.Ordinal);

        Assert.NotEmpty(endpoint.Signatures);
        foreach (var signature in endpoint.Signatures)
            secrets.Add("a signature", signature);
        var socket = Path.Combine(postgres.Server.Options.DataDirectory, "pg_stat_tmp", "aws_lambda.sock");
        secrets.AssertNotIn("status", (await Launcher.RunAsync("status", "--json", "--bridge", socket)).Expect(0).Output);
        secrets.AssertNotIn("psql", shown);
        secrets.AssertNotIn("the server's log", postgres.Log);
        secrets.AssertNotIn("an argument", await arguments.StopAsync());
        foreach (var state in (string[])["LM001", "LM003", "LM008"])
            Assert.Contains($"\"sqlstate\":\"{state}\"", postgres.Log, StringComparison.Ordinal);

        async Task<string> SqlAsync(string statement)
        {
            var answer = await postgres.PsqlAsync(database, $"\\set VERBOSITY verbose\n{statement};\n");
            shown += answer;
            return answer;
        }
    }

    /// <summary>Empty where the process has ended.</summary>
    private static async Task<string> EnvironmentOfAsync(int process)
    {
        try
        {
            return await File.ReadAllTextAsync($"/proc/{process}/environ", TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static bool IsState(string file) => Path.GetFileName(file).StartsWith("state.db", StringComparison.Ordinal);

    /// <summary>All that the local AWS and its servers have written, by path.</summary>
    private Dictionary<string, string> Files()
    {
        var files = new Dictionary<string, string>();
        foreach (
            var file in Directory.EnumerateFiles(
                _temporary,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
            )
        )
        {
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                files[file] = reader.ReadToEnd();
            }
            catch (IOException)
            {
                // It is a socket, or no longer exists.
                continue;
            }
        }
        return files;
    }
}
