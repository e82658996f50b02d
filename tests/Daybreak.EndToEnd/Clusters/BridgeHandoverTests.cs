using System.Globalization;
using Daybreak.EndToEnd.Roles;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>
/// Only the bridge has the token of a cluster's role: no process of the server has it, and no process of its user can get it.
/// </summary>
public sealed class BridgeHandoverTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private const string Call = "SELECT status_code FROM aws_lambda.invoke('simple', '{}'::json);\n";

    // Another process does the same as the bridge.
    private const string Ask = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.settimeout(10)
        s.connect("\0" + sys.argv[1])
        print(s.recv(1), end="")
        """;

    [Fact]
    public async Task No_process_of_the_server_has_the_token_or_is_given_it()
    {
        await FunctionDeployment.CreateAsync(stage.Endpoint, "simple", LocalStage.Simple);
        var writer = await stage.CreateClusterAsync("quiet");
        await stage.TypeAsync(
            $"""
            aws iam create-role --role-name quiet --assume-role-policy-document {RoleStage.Trust}
            aws iam attach-role-policy --role-name quiet --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaRole
            aws rds add-role-to-db-cluster --db-cluster-identifier quiet --feature-name Lambda --role-arn arn:aws:iam::444455556666:role/quiet
            """
        );
        await ClusterStage.PsqlAsync(writer, "CREATE EXTENSION aws_lambda CASCADE;");
        Assert.Equal("200\n", await ClusterStage.PsqlAsync(writer, Call));

        var bridge = await BridgeOfAsync(writer);
        var postmaster = ParentOf(ParentOf(bridge));
        var environment = await File.ReadAllTextAsync($"/proc/{postmaster}/environ", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("AWS_CONTAINER", environment, StringComparison.Ordinal);
        var variables = environment
            .Split('\0')
            .Where(static variable => variable.Contains('=', StringComparison.Ordinal))
            .Select(static variable => variable.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair[1]);

        // Other processes of the server's user cannot read the bridge's memory, and are not accepted in its place, even when they run its program.
        var seen = StatusOf(bridge, "NSpid").Split('\t')[^1]; // by them, in a process namespace of their own
        var closed = await AsServerAsync(postmaster, $"cat /proc/{seen}/environ; cat /proc/{seen}/mem; ls /proc/{seen}/fd", variables);
        Assert.True(closed.Split("Permission denied").Length == 4, closed);
        Assert.Equal("b''", await AsServerAsync(postmaster, $"python3 -c '{Ask}' {variables["DAYBREAK_CLUSTER_HANDOVER"]}", variables));
        Assert.Contains(
            "daybreak-bridge: the local AWS hands over no credentials: it does not recognize this process as the bridge of one of its servers",
            await AsServerAsync(postmaster, $"cd /tmp; {ClusterStage.Installation.Bridge} --socket handover-test-sock", variables),
            StringComparison.Ordinal
        );

        // After a bridge was killed, the next one gets the token again.
        Assert.Equal(0, (await Program.RunAsync("/bin/kill", "-9", $"{bridge}")).ExitCode);
        await ClusterStage.PsqlUntilAsync(writer, Call, static shown => shown == "200\n");
        Assert.NotEqual(bridge, await BridgeOfAsync(writer));
    }

    /// <summary>Of the server there, whose processes work in its data directory.</summary>
    private static async Task<int> BridgeOfAsync(string writer)
    {
        var data = (await ClusterStage.PsqlAsync(writer, "SHOW data_directory;")).Trim();
        return ProcessTree
            .Below(Environment.ProcessId)
            .Where(static process => process.Value.StartsWith("daybreak-bridge", StringComparison.Ordinal))
            .Single(process => new FileInfo($"/proc/{ParentOf(process.Key)}/cwd").LinkTarget == data)
            .Key;
    }

    private static int ParentOf(int process) => int.Parse(StatusOf(process, "PPid"), CultureInfo.InvariantCulture);

    private static string StatusOf(int process, string name) =>
        File.ReadAllLines($"/proc/{process}/status")
            .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..]
            .Trim();

    private static async Task<string> AsServerAsync(int postmaster, string command, Dictionary<string, string> variables)
    {
        string[] shell = ["/bin/sh", "-c", $"exec 2>&1; {command}"];
        var isInSandbox = new FileInfo($"/proc/{postmaster}/ns/user").LinkTarget != new FileInfo("/proc/self/ns/user").LinkTarget;
        var become =
            Environment.IsPrivilegedProcess
                ? ["/usr/bin/setpriv", "--reuid", StatusOf(postmaster, "Uid").Split('\t')[0], "--clear-groups", .. shell]
            : isInSandbox
                ? ["/usr/bin/nsenter", "--user", "--mount", "--pid", "--preserve-credentials", "--target", $"{postmaster}", .. shell]
            : shell;
        return (await Program.RunAsync(new Program.Start(become[0]) { Arguments = become[1..], Environment = variables })).Output;
    }
}
