using System.Collections.Immutable;
using Daybreak.Cloud.Postgres;
using Npgsql;
using TemporaryDirectory = Daybreak.Cloud.Processes.TemporaryDirectory;

namespace Daybreak.EndToEnd.Stage;

/// <summary>A real PostgreSQL server with the extensions and the published bridge, against an endpoint.</summary>
internal sealed class PostgresStage : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;

    private PostgresStage(TemporaryDirectory directory, PostgresServer server) => (_directory, Server) = (directory, server);

    public PostgresServer Server { get; }

    public string Log => File.ReadAllText(Server.Options.LogFile);

    public static Task<PostgresStage> StartAsync(Uri endpoint, params (string Name, string Value)[] settings) =>
        StartAsync([.. Place(endpoint), new("AWS_ACCESS_KEY_ID", "test"), new("AWS_SECRET_ACCESS_KEY", "test")], settings);

    /// <summary>A server with more variables in its environment, or others in place of the usual ones.</summary>
    public static Task<PostgresStage> StartAsync(Uri endpoint, IReadOnlyDictionary<string, string> environment) =>
        StartAsync(Place(endpoint).Concat(environment), []);

    /// <summary>A server without keys, which gets the address of a role's credentials.</summary>
    /// <param name="lambda">The endpoint that it calls, if it is not the local AWS.</param>
    public static Task<PostgresStage> StartInRoleAsync(Uri endpoint, string token, Uri? lambda = null) =>
        StartAsync(
            [
                .. Place(lambda ?? endpoint),
                new("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(endpoint, Daybreak.Cloud.Sts.ContainerCredentials.Path).ToString()),
                new("AWS_CONTAINER_AUTHORIZATION_TOKEN", token),
            ],
            []
        );

    private static async Task<PostgresStage> StartAsync(
        IEnumerable<KeyValuePair<string, string>> environment,
        (string Name, string Value)[] settings
    )
    {
        var directory = TemporaryDirectory.Create("test");
        try
        {
            var options = new PostgresServerOptions
            {
                Directory = directory.Path,
                Port = FreePort.Find(),
                Password = "not-so-secret",
                TrustedUsers = [Environment.UserName],
                ThrowAway = true,
                Environment = environment.ToImmutableSortedDictionary(),
                Settings = settings
                    .ToImmutableSortedDictionary(setting => setting.Name, setting => setting.Value)
                    .Add("shared_preload_libraries", "aws_lambda"),
            };
            var installation = PostgresInstallation.InTree(Path.Combine(Checkout.Build, "pgsql"));
            return new PostgresStage(
                directory,
                await PostgresServer.StartAsync(installation, options, TestContext.Current.CancellationToken)
            );
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>A new database; with both extensions unless told otherwise.</summary>
    public async Task<string> CreateDatabaseAsync(bool withExtensions = true)
    {
        var name = "db" + Guid.NewGuid().ToString("N")[..12];
        await using (var source = Connect("postgres"))
            await source.CreateCommand($"CREATE DATABASE {name}").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        if (withExtensions)
        {
            await using var source = Connect(name);
            await source.CreateCommand("CREATE EXTENSION aws_lambda CASCADE").ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        return name;
    }

    public NpgsqlDataSource Connect(string database, int connections = 10) =>
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder
            {
                Host = Server.Options.SocketDirectory,
                Port = Server.Options.Port,
                Username = "postgres",
                Database = database,
                MaxPoolSize = connections,
                Timeout = 60,
                CommandTimeout = 120,
                IncludeErrorDetail = true,
            }
        );

    /// <summary>Types <paramref name="script"/> into psql. Its output and errors come in the order a terminal would show them.</summary>
    public async Task<string> PsqlAsync(string database, string script, string user = "postgres", string? password = null)
    {
        var finished = await Program.RunAsync(
            new Program.Start("/bin/sh")
            {
                Arguments = ["-c", "exec \"$0\" -X -P pager=off 2>&1", Server.Installation.Program("psql")],
                Input = script,
                Environment = new Dictionary<string, string>
                {
                    ["PGHOST"] = password is null ? Server.Options.SocketDirectory : "127.0.0.1",
                    ["PGPORT"] = $"{Server.Options.Port}",
                    ["PGUSER"] = user,
                    ["PGPASSWORD"] = password ?? "",
                    ["PGDATABASE"] = database,
                    ["LC_ALL"] = "C.UTF-8",
                },
            }
        );
        Assert.True(finished.ExitCode == 0, finished.Output);
        return finished.Output;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    private static IEnumerable<KeyValuePair<string, string>> Place(Uri endpoint)
    {
        yield return new("AWS_ENDPOINT_URL", endpoint.GetLeftPart(UriPartial.Authority));
        yield return new("AWS_REGION", FunctionDeployment.Region);
    }
}
