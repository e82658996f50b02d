using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Roles;

/// <summary>Code in a function that calls back here, with what its environment gives it, is judged as the function's execution
/// role.</summary>
public sealed class ExecutionRoleTests(LocalStage stage)
{
    // The function signs with Signature Version 4 itself, because the machine's python3 may have no SDK.
    private const string CallsBack = """
        import datetime, hashlib, hmac, json, os, urllib.error, urllib.parse, urllib.request

        def call(service, method, path, body):
            endpoint = urllib.parse.urlsplit(os.environ['AWS_ENDPOINT_URL'])
            now = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
            scope = f"{now[:8]}/{os.environ['AWS_REGION']}/{service}/aws4_request"
            headers = {'content-type': 'application/x-www-form-urlencoded', 'host': endpoint.netloc, 'x-amz-date': now, 'x-amz-security-token': os.environ['AWS_SESSION_TOKEN']}
            canonical = '\n'.join([method, path, '', *(f'{k}:{v}' for k, v in headers.items()), '', ';'.join(headers), hashlib.sha256(body).hexdigest()])
            text = '\n'.join(['AWS4-HMAC-SHA256', now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
            key = ('AWS4' + os.environ['AWS_SECRET_ACCESS_KEY']).encode()
            for part in [*scope.split('/'), text]:
                key = hmac.new(key, part.encode(), hashlib.sha256).digest()
            headers['authorization'] = f"AWS4-HMAC-SHA256 Credential={os.environ['AWS_ACCESS_KEY_ID']}/{scope}, SignedHeaders={';'.join(sorted(headers))}, Signature={key.hex()}"
            try:
                with urllib.request.urlopen(urllib.request.Request(endpoint.geturl() + path, body, headers, method=method)) as answer:
                    return answer.read().decode()
            except urllib.error.HTTPError as refused:
                return refused.read().decode()

        def lambda_handler(event, context):
            return {'who': call('sts', 'POST', '/', b'Action=GetCallerIdentity&Version=2011-06-15'),
                    'invoked': call('lambda', 'POST', '/2015-03-31/functions/echo/invocations', b'"back again"')}
        """;

    [Fact]
    public async Task Function_that_calls_back_may_what_its_role_may()
    {
        await FunctionDeployment.CreateAsync(stage.Cloud.Endpoint, "calls-back", CallsBack);
        await using var source = stage.Postgres.Connect(await stage.Postgres.CreateDatabaseAsync());

        var (who, invoked) = await CallAsync(source);
        Assert.Contains("<Arn>arn:aws:sts::444455556666:assumed-role/calls-back-role/calls-back</Arn>", who, StringComparison.Ordinal);
        Assert.Contains(
            "User: arn:aws:sts::444455556666:assumed-role/calls-back-role/calls-back is not authorized to perform: "
                + "lambda:InvokeFunction on resource: "
                + "arn:aws:lambda:us-east-1:444455556666:function:echo because no identity-based policy allows the "
                + "lambda:InvokeFunction action",
            invoked,
            StringComparison.Ordinal
        );

        await AwsCli.RunAsync(
            stage.Cloud.Endpoint,
            "iam",
            "attach-role-policy",
            "--role-name",
            "calls-back-role",
            "--policy-arn",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaRole"
        );
        Assert.Equal("\"back again\"", (await CallAsync(source)).Invoked);
    }

    private static async Task<(string Who, string Invoked)> CallAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            "SELECT payload->>'who', payload->>'invoked' FROM aws_lambda.invoke('calls-back', '{}'::json)"
        );
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        return (reader.GetString(0), reader.GetString(1));
    }
}
