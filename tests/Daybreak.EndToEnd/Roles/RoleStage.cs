using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Sts;
using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Roles;

/// <summary>A local AWS and a PostgreSQL server that has no keys but a role, set up by step 2 of AWS's page, typed word for word.</summary>
public sealed class RoleStage : IAsyncLifetime
{
    public const string Function = "arn:aws:lambda:us-east-1:444455556666:function:my-function";
    public const string Policy = "arn:aws:iam::444455556666:policy/rds-lambda-policy";
    public const string Role = "arn:aws:iam::444455556666:role/rds-lambda-role";

    public const string Trust = """
        '{
            "Version": "2012-10-17",
            "Statement": [
            {
                "Effect": "Allow",
                "Principal": {
                "Service": "rds.amazonaws.com"
                },
                "Action": "sts:AssumeRole"
            }
            ]
        }'
        """;

    // The page's own text, including its spaces; only its placeholder is replaced.
    private const string Page = $$"""
        aws iam create-policy  --policy-name rds-lambda-policy --policy-document '{
            "Version": "2012-10-17",
            "Statement": [
                {
                "Sid": "AllowAccessToExampleFunction",
                "Effect": "Allow",
                "Action": "lambda:InvokeFunction",
                "Resource": "arn:aws:lambda:aws-region:444455556666:function:my-function"
                }
            ]
        }'
        ---
        aws iam create-role  --role-name rds-lambda-role --assume-role-policy-document {{Trust}}
        ---
        aws iam attach-role-policy \
            --policy-arn arn:aws:iam::444455556666:policy/rds-lambda-policy \
            --role-name rds-lambda-role --region aws-region
        """;

    private static readonly string[] Step2 = Page.Replace("aws-region", FunctionDeployment.Region, StringComparison.Ordinal).Split("---");

    public static string CreatePolicy => Step2[0];

    public static string CreateRole => Step2[1];

    public static string AttachRolePolicy => Step2[2];

    // The bridge remembers a failed attempt for 2 seconds, and credentials for ReportedLifetime; the rest is for a busy machine.
    private static readonly TimeSpan Patience = ContainerCredentials.ReportedLifetime + TimeSpan.FromSeconds(60);

    private CloudHost? _cloud;
    private PostgresStage? _postgres;
    private NpgsqlDataSource? _source;

    internal CloudHost Cloud => _cloud!;

    internal PostgresStage Postgres => _postgres!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await CloudHost.StartAsync(new CloudOptions { Port = 0 });
        await FunctionDeployment.CreateAsync(_cloud.Endpoint, "my-function", LocalStage.Simple);
        await TypeAsync(string.Concat(Step2));
        var token = _cloud.ContainerCredentials.Add(() =>
            new ServerRole(
                "rds.amazonaws.com",
                Role,
                "my-cluster",
                FunctionDeployment.AccountId,
                "arn:aws:rds:us-east-1:444455556666:cluster:my-cluster"
            )
        );
        _postgres = await PostgresStage.StartInRoleAsync(_cloud.Endpoint, token);
        _source = _postgres.Connect(await _postgres.CreateDatabaseAsync());
        await UntilAllowedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
    }

    internal Task<string> TypeAsync(string commands) => AwsCli.TypeAsync(Cloud.Endpoint, commands);

    /// <summary>Null when it succeeded.</summary>
    internal async Task<PostgresException?> InvokeAsync()
    {
        try
        {
            await using var command = _source!.CreateCommand("SELECT payload FROM aws_lambda.invoke('my-function', '{}'::json)");
            Assert.Contains(
                "Hello from Lambda!",
                (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
            return null;
        }
        catch (PostgresException error)
        {
            return error;
        }
    }

    internal Task UntilAllowedAsync() => UntilAsync(error => error is null);

    /// <summary>Calls until the outcome is the one expected, for as long as the bridge may keep what it knew.</summary>
    internal async Task<PostgresException?> UntilAsync(Predicate<PostgresException?> expected)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var outcome = await InvokeAsync();
            if (expected(outcome))
                return outcome;
            Assert.False(patience.IsCancellationRequested, $"still: {outcome?.SqlState} {outcome?.MessageText}: {outcome?.Detail}");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
