using System.Text;
using Daybreak.Cli.LocalAws;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cli.Demo;

/// <summary>Starts the parts of the demo in order, and removes them in reverse order, however the demo ends.</summary>
internal sealed class DemoStage(Steps steps, PostgresInstallation installation, Termination termination) : IAsyncDisposable
{
    private const string CreateExtension = "CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;";

    // Copied exactly from AWS's page.
    private const string Statement =
        "SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('arn:aws:lambda:us-east-1:444455556666:function:simple'), "
        + """'{"body": "Hello from Postgres!"}'::json );""";

    private CloudHost? _cloud;
    private TemporaryDirectory? _directory;
    private DemoCluster? _cluster;
    private Psql? _psql;

    /// <summary>Starts the local AWS, and creates what the page's statement needs.</summary>
    public async Task SetAsync(int port, PostgresPortOption.ChosenPort postgres)
    {
        _cloud = await steps.RunAsync(
            $"Starting the local AWS on 127.0.0.1:{port}",
            () =>
                LocalAwsStart.StartAsync(
                    new CloudOptions
                    {
                        Port = port,
                        Region = LocalAwsVariables.Region,
                        Postgres = [installation],
                    },
                    termination.Asked
                )
        );
        if (postgres.Remark is not null)
            steps.Say(postgres.Remark);

        using var client = new LocalAwsApi(_cloud.Endpoint, LocalAwsVariables.Region, TimeProvider.System, termination.Asked);
        _cluster = new DemoCluster(_cloud.Options.AccountId, postgres.Port);
        var role = new DatabaseRole(_cloud.Options.AccountId, _cluster.Arn);
        await ShowAsync(
            $"Creating the Aurora PostgreSQL cluster {DemoCluster.Name}",
            () => _cluster.CreateAsync(client),
            _cluster.Commands
        );
        // In the meantime:
        await ShowAsync("Creating the role in which the database may call the function", () => role.CreateAsync(client), role.Commands);
        await steps.RunAsync(
            $"Deploying the function {SimpleFunction.Name} (Python)",
            () => SimpleFunction.DeployAsync(client, _cloud.Options.AccountId)
        );
        await ShowAsync(
            "Giving the cluster the role, and creating its server",
            () => DemoCluster.StartInRoleAsync(client, role, termination.Asked),
            DemoCluster.CommandsFor(role)
        );
        await ShowAsync("Waiting for the cluster's server", () => _cluster.WaitAsync(client, termination.Asked), DemoCluster.WaitCommands);
        _psql = new Psql(installation, _cluster, WritePassword());
        await steps.RunAsync(CreateExtension.TrimEnd(';'), () => _psql.RunAsync(CreateExtension, termination.Asked));
    }

    /// <returns>psql's table.</returns>
    public Task<string> CallAsync()
    {
        steps.Say(Statement); // before the step, since a spinner redraws its own lines
        return steps.RunAsync("Calling the function from SQL", () => _psql!.RunAsync(Statement, termination.Asked));
    }

    public string WaysToGoOn()
    {
        var daybreakPort = EndpointOption.Typed(_cloud!.Endpoint.Port);
        var missing = HasAwsCli() ? "" : "   # once you have it: sudo apt-get install awscli";
        var endpoint = _cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        return $"""

            Go on in another terminal:

              {_psql!.Typed}

              eval "$({Installation.Command} env{daybreakPort})"
              aws --endpoint-url {endpoint} rds describe-db-clusters{missing}
              aws --endpoint-url {endpoint} lambda invoke --function-name {SimpleFunction.Name} /dev/stdout

              {Installation.Command} logs {DemoCluster.Instance} --follow{daybreakPort}

            Ctrl-C ends it all.

            """;
    }

    /// <summary>Waits for a signal.</summary>
    public Task StayAsync() => termination.WaitAsync();

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
            await _cloud.StopAsync(termination.Hurry);
        _directory?.Dispose();
    }

    private static bool HasAwsCli() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, "aws")));

    private async Task ShowAsync(string text, Func<Task> step, IEnumerable<string> commands)
    {
        await steps.RunAsync(text, step);
        foreach (var command in commands)
            steps.Say($"  {command}");
    }

    /// <returns>A password file for psql that only this user can read.</returns>
    private string WritePassword()
    {
        _directory = TemporaryDirectory.Create("demo");
        var path = Path.Combine(_directory.Path, "pgpass");
        using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        file.Write(Encoding.ASCII.GetBytes($"{_cluster!.Endpoint}:{_cluster.Port}:*:{DemoCluster.MasterUser}:{_cluster.Password}\n"));
        return path;
    }
}
