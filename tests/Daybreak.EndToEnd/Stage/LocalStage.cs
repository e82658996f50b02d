using Daybreak.Cloud.Hosting;

[assembly: AssemblyFixture(typeof(Daybreak.EndToEnd.Stage.LocalStage))]

namespace Daybreak.EndToEnd.Stage;

/// <summary>One local AWS and one PostgreSQL server for all tests that kill nothing; each test has a database of its own.</summary>
public sealed class LocalStage : IAsyncLifetime
{
    /// <summary>The Lambda console's Python example, as on AWS's page.</summary>
    public const string Simple = """
        import json

        def lambda_handler(event, context):
            return {'statusCode': 200, 'body': json.dumps('Hello from Lambda!')}
        """;

    private PostgresStage? _postgres;
    private CloudHost? _cloud;

    internal PostgresStage Postgres => _postgres!;

    internal CloudHost Cloud => _cloud!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await CloudHost.StartAsync(new CloudOptions { Port = 0 });
        await FunctionDeployment.CreateAsync(_cloud.Endpoint, "simple", Simple);
        await FunctionDeployment.CreateAsync(_cloud.Endpoint, "my-function", Simple);
        await FunctionDeployment.CreateAsync(_cloud.Endpoint, "echo", "def lambda_handler(event, context):\n    return event\n");
        await FunctionDeployment.CreateAsync(
            _cloud.Endpoint,
            "talks",
            "def lambda_handler(event, context):\n    print('a line of the log')\n    return context.client_context and "
                + "context.client_context.custom\n"
        );
        await FunctionDeployment.CreateAsync(
            _cloud.Endpoint,
            "fails",
            "def lambda_handler(event, context):\n    raise ValueError('no such order: %s' % event['order'])\n"
        );
        _postgres = await PostgresStage.StartAsync(_cloud.Endpoint, ("max_connections", "600"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
    }
}
