using System.Globalization;
using System.Text.Json;
using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>What <c>--state-dir</c> keeps of clusters, over an orderly end and over <c>kill -9</c>.</summary>
public sealed class KeptStateTests : IDisposable
{
    private const string Call = "SELECT status_code, note FROM aws_lambda.invoke('simple', '{}'::json), notes;\n";

    private readonly string _temporary = RunningProgram.CreateTemporaryDirectory();
    private readonly string _port = FreePort.Find().ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Clusters_their_data_roles_and_functions_are_back_and_the_invocation_works_again()
    {
        var endpoint = new Uri($"http://127.0.0.1:{_port}");
        await UpAsync();
        try
        {
            await FunctionDeployment.CreateAsync(endpoint, "simple", LocalStage.Simple);
            await AwsCli.TypeAsync(
                endpoint,
                $"""
                {ClusterStage.CreateCluster("kept")}
                {ClusterStage.CreateInstance("kept", "kept-1")}
                {ClusterStage.CreateInstance("kept", "kept-2")}
                aws iam create-role --role-name kept --assume-role-policy-document {RoleStage.Trust}
                aws iam attach-role-policy --role-name kept --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
                """
            );
            await ClusterStage.AvailableAsync(endpoint, "kept-1");
            await ClusterStage.AvailableAsync(endpoint, "kept-2");
            await AwsCli.TypeAsync(
                endpoint,
                "aws rds add-role-to-db-cluster --db-cluster-identifier kept --feature-name Lambda --role-arn "
                    + "arn:aws:iam::444455556666:role/kept"
            );
            var writer = await ClusterStage.EndpointOfAsync(endpoint, "kept");
            var readers = await ClusterStage.EndpointOfAsync(endpoint, "kept", "ReaderEndpoint");
            await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION aws_lambda CASCADE;\nCREATE TABLE notes AS SELECT 'kept' AS note;");

            await InvokesAsync();
            await DownAsync();
            await UpAsync();
            await InvokesAsync();

            var killed = (await StatusAsync()).GetProperty("pid").GetInt32();
            var children = ProcessTree.Below(killed).Keys.ToList();
            Assert.NotEmpty(children);
            Signal.Send(killed, Signal.Kill);
            await ProcessTree.WaitForEndAsync([killed], TimeSpan.FromSeconds(20));
            await UpAsync();
            await ProcessTree.WaitForEndAsync(children, TimeSpan.FromSeconds(20));
            await InvokesAsync();

            async Task InvokesAsync()
            {
                await ClusterStage.PsqlUntilAsync(writer, Call, shown => shown == "200|kept\n");
                await ClusterStage.PsqlUntilAsync(readers, "SELECT pg_is_in_recovery();\n" + Call, shown => shown == "t\n200|kept\n");
                await ClusterStage.AvailableAsync(endpoint, "kept-1");
                await ClusterStage.AvailableAsync(endpoint, "kept-2");
            }
        }
        finally
        {
            await DownAsync();
        }
    }

    private async Task UpAsync() =>
        (await RunAsync("up", "-d", "--port", _port, "--state-dir", Path.Combine(_temporary, "state"))).Expect(0);

    private async Task DownAsync() => (await RunAsync("down", "--port", _port)).Expect(0);

    private async Task<JsonElement> StatusAsync() =>
        JsonSerializer.Deserialize<JsonElement>((await RunAsync("status", "--json", "--port", _port)).Expect(0).Output);

    private Task<Program.Finished> RunAsync(params string[] arguments) =>
        Program.RunAsync(
            new Program.Start(Launcher.File)
            {
                Arguments = arguments,
                Environment = new Dictionary<string, string> { ["TMPDIR"] = _temporary },
            }
        );
}
