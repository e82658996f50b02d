using System.Text.Json;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Walkthrough;

/// <summary>The examples whose functions log in to databases.</summary>
public sealed class WayBackTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    private Dictionary<string, string> Environment =>
        new()
        {
            ["AWS_ENDPOINT_URL"] = stage.Endpoint.GetLeftPart(UriPartial.Authority),
            ["AWS_DEFAULT_REGION"] = FunctionDeployment.Region,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
        };

    [Fact]
    public async Task Functions_connect_back_with_the_secret_and_with_tokens_and_call_themselves_when_a_trigger_lets_them()
    {
        var run = await Program.RunAsync(
            new Program.Start(Path.Combine(Checkout.Root, "examples", "way-back", "run")) { Environment = Environment }
        );

        Assert.Equal(
            """
             id |    function     | login  | answer | done_by  
            ----+-----------------+--------+--------+----------
              1 | way-back-python | secret | WHO?   | postgres
              2 | way-back-python | token  | HOW?   | way_back
              3 | way-back-node   | secret | WHEN?  | postgres
              4 | way-back-node   | token  | WHY?   | way_back
            (4 rows)


            """,
            run.Expect(0).Output
        );

        // Five at once.
        var host = await ClusterStage.EndpointOfAsync(stage.Endpoint, "way-back");
        await PsqlAsync(
            host,
            "INSERT INTO work (id, function, login, question) SELECT n, 'way-back-python', 'token', 'q' FROM generate_series(11, 15) n;"
        );
        await UntilAsync("5\n", () => PsqlAsync(host, "SELECT count(answer) FROM work WHERE id BETWEEN 11 AND 15;"));

        // A trigger that fires on the function's own change: without end, where its user may call; that of the tokens may not.
        await PsqlAsync(
            host,
            """
            CREATE SEQUENCE calls;
            CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
              IF nextval('calls') <= 4 THEN
                PERFORM aws_lambda.invoke(NEW.function, jsonb_build_object('id', NEW.id, 'login', NEW.login), invocation_type => 'Event');
              END IF;
              RETURN NULL; END$$;
            CREATE TRIGGER again AFTER UPDATE ON work FOR EACH ROW EXECUTE FUNCTION again();
            INSERT INTO work (id, function, login, question) VALUES (21, 'way-back-node', 'secret', 'q');
            """
        );
        await UntilAsync("5\n", () => PsqlAsync(host, "SELECT last_value FROM calls;"));
        await PsqlAsync(
            host,
            """
            ALTER SEQUENCE calls RESTART;
            GRANT USAGE ON SEQUENCE calls TO way_back;
            INSERT INTO work (id, function, login, question) VALUES (22, 'way-back-python', 'token', 'q');
            """
        );
        await UntilAsync(
            "permission denied for schema aws_lambda",
            () => stage.TypeAsync("aws logs filter-log-events --log-group-name /aws/lambda/way-back-python --query events[].message")
        );
        Assert.Equal("1|t\n", await PsqlAsync(host, "SELECT last_value, (SELECT answer IS NULL FROM work WHERE id = 22) FROM calls;"));
    }

    [Fact]
    public async Task A_function_rotates_the_password_of_a_user()
    {
        var run = await Program.RunAsync(
            new Program.Start(Path.Combine(Checkout.Root, "examples", "rotation", "run")) { Environment = Environment }
        );

        Assert.Equal("AWSPREVIOUS: password authentication failed for user \"app\"\nAWSCURRENT: in as app\n", run.Expect(0).Output);
    }

    private static async Task UntilAsync(string expected, Func<Task<string>> ask)
    {
        using var ended = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string shown;
        while (!(shown = await ask()).Contains(expected, StringComparison.Ordinal))
        {
            Assert.False(ended.IsCancellationRequested, $"still: {shown}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> PsqlAsync(string host, string script)
    {
        var arn = (
            await stage.TypeAsync(
                "aws rds describe-db-clusters --db-cluster-identifier way-back --query DBClusters[0].MasterUserSecret.SecretArn --output text"
            )
        ).Trim();
        var value = await stage.TypeAsync($"aws secretsmanager get-secret-value --secret-id {arn} --query SecretString --output text");
        return await ClusterStage.PsqlAsync(
            host,
            script,
            password: JsonDocument.Parse(value).RootElement.GetProperty("password").GetString()!
        );
    }
}
