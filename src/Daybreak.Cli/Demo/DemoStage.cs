using System.Collections.Immutable;
using System.Security.Cryptography;
using Daybreak.Cloud;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.State;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cli.Demo;

/// <summary>What the demo starts, in order, and puts away in reverse, however it ends.</summary>
internal sealed class DemoStage(Steps steps, Termination termination) : IAsyncDisposable
{
    private const string CreateExtension = "CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;";

    // Word for word from AWS's page.
    private const string Statement =
        """
        SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('arn:aws:lambda:us-east-1:444455556666:function:simple'), '{"body": "Hello from Postgres!"}'::json );
        """;

    private CloudHost? cloud;
    private TemporaryDirectory? directory;
    private PostgresServer? server;
    private string passwordFile = "";
    private string credentialsToken = "";

    /// <summary>Starts the local AWS, creates the role, and starts PostgreSQL in it.</summary>
    public async Task SetAsync(int port, PostgresPortOption.ChosenPort postgres, PostgresInstallation installation)
    {
        cloud = await steps.RunAsync(
            $"Starting the local AWS on 127.0.0.1:{port}",
            () => LocalAwsStart.StartAsync(new CloudOptions { Port = port, Region = LocalAwsVariables.Region }, termination.Asked));
        using (var client = new DemoClient(cloud.Endpoint, TimeProvider.System, termination.Asked))
        {
            // Before PostgreSQL, whose bridge asks for credentials as soon as it starts.
            var role = new DatabaseRole(cloud.Options.AccountId);
            await steps.RunAsync("Creating the role in which the database may call the function", () => role.CreateAsync(client));
            foreach (var command in role.Commands)
                steps.Say($"  {command}");
            credentialsToken = cloud.ContainerCredentials.Add(() => new ServerRole(DatabaseRole.Service, role.Arn, "demo", cloud.Options.AccountId, role.SourceArn));
        }

        if (postgres.Remark is not null)
            steps.Say(postgres.Remark);
        directory = TemporaryDirectory.Create("pg");
        passwordFile = Path.Combine(directory.Path, "pgpass");
        try
        {
            server = await steps.RunAsync(
                $"Starting PostgreSQL on 127.0.0.1:{postgres.Port}",
                () => PostgresServer.StartAsync(installation, Options(postgres.Port), termination.Asked));
        }
        catch (PostgresServerException error)
        {
            throw new CommandFailedException(ExitCode.Failure, error.Message);
        }
    }

    /// <summary>Deploys the function and creates the extensions.</summary>
    public async Task PrepareAsync()
    {
        using (var client = new DemoClient(cloud!.Endpoint, TimeProvider.System, termination.Asked))
        {
            await steps.RunAsync(
                $"Deploying the function {SimpleFunction.Name} (Python)", () => SimpleFunction.DeployAsync(client, cloud.Options.AccountId));
        }

        await steps.RunAsync(CreateExtension.TrimEnd(';'), () => Psql.RunAsync(server!, CreateExtension, termination.Asked));
    }

    /// <returns>psql's table.</returns>
    public Task<string> CallAsync()
    {
        steps.Say(Statement); // before the step: a spinner redraws its own lines
        return steps.RunAsync("Calling the function from SQL", () => Psql.RunAsync(server!, Statement, termination.Asked));
    }

    public string WaysToGoOn()
    {
        var portOption = server!.Options.Port == 5432 ? "" : $" -p {server.Options.Port}";
        var daybreakPort = EndpointOption.Typed(cloud!.Endpoint.Port);
        var missing = HasAwsCli() ? "" : "   # once you have it: sudo apt-get install awscli";
        var endpoint = cloud.Endpoint.GetLeftPart(UriPartial.Authority);
        return $"""

            Go on in another terminal:

              psql -h {server.Options.SocketDirectory}{portOption} -U postgres
              PGPASSFILE={passwordFile} psql -h 127.0.0.1{portOption} -U postgres

              eval "$({Installation.Command} env{daybreakPort})"
              aws --endpoint-url {endpoint} lambda list-functions{missing}
              aws --endpoint-url {endpoint} lambda invoke --function-name {SimpleFunction.Name} /dev/stdout

            PostgreSQL's log: {server.Options.LogFile}
            Ctrl-C ends it all.

            """;
    }

    private static bool HasAwsCli() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, "aws")));

    /// <summary>Until a signal comes, or PostgreSQL ends by itself.</summary>
    public async Task<ExitCode> StayAsync()
    {
        var signal = termination.WaitAsync();
        if (await Task.WhenAny(signal, server!.Exited) == signal)
            return ExitCode.Ok;
        throw new CommandFailedException(ExitCode.Failure, $"PostgreSQL ended by itself ({await server.Exited}).");
    }

    public async ValueTask DisposeAsync()
    {
        // PostgreSQL first: a session may be waiting for the local AWS.
        if (server is not null)
            await server.StopAsync(termination.Hurry);
        directory?.Dispose();
        if (cloud is not null)
            await cloud.StopAsync(termination.Hurry);
    }

    private PostgresServerOptions Options(int port)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using (var file = new FileStream(passwordFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            file.Write(System.Text.Encoding.ASCII.GetBytes($"127.0.0.1:{port}:*:postgres:{password}\n"));

        var environment = LocalAwsVariables.InRole(cloud!.Endpoint, credentialsToken).ToImmutableSortedDictionary(variable => variable.Name, variable => variable.Value);
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
            environment = environment.Add("DOTNET_ROOT", root);
        return new PostgresServerOptions
        {
            Directory = directory!.Path,
            Port = port,
            Password = password,
            TrustedUsers = TrustedUsers(),
            Environment = environment,
            ThrowAway = true,
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("shared_preload_libraries", "aws_lambda"),
        };
    }

    /// <summary>Who started the demo, also through sudo: that user has the password file's rights anyway.</summary>
    private static ImmutableArray<string> TrustedUsers()
    {
        var user = Environment.UserName;
        return Environment.IsPrivilegedProcess && Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } behind && behind != user
            ? [user, behind]
            : [user];
    }
}
