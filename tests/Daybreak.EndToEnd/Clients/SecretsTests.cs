using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clients;

public sealed class SecretsTests(LocalStage stage)
{
    [Fact]
    public async Task No_password_or_payload_shows_in_the_server_s_log_or_in_arguments()
    {
        const string Payload = "a-payload-nobody-else-may-see";
        var database = await stage.Postgres.CreateDatabaseAsync();
        await using var source = stage.Postgres.Connect(database);
        await using var command = source.CreateCommand("SELECT * FROM aws_lambda.invoke('fails', $1)");
        command.Parameters.Add(
            new Npgsql.NpgsqlParameter { Value = $"{{\"order\": \"{Payload}\"}}", NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Json }
        );
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        var arguments = ProcessTree
            .Below(Environment.ProcessId)
            .Keys.Select(id => $"/proc/{id}/cmdline")
            .Where(File.Exists)
            .Select(File.ReadAllText)
            .ToList();
        Assert.NotEmpty(arguments);
        Assert.DoesNotContain(arguments, line => line.Contains(stage.Postgres.Server.Options.Password, StringComparison.Ordinal));
        Assert.DoesNotContain(arguments, line => line.Contains(Payload, StringComparison.Ordinal));
        Assert.DoesNotContain(stage.Postgres.Server.Options.Password, stage.Postgres.Log, StringComparison.Ordinal);
    }
}
