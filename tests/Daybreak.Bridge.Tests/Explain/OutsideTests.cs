using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Tests.Credentials;
using Daybreak.Bridge.Tests.Http;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Explain;

/// <summary>The checks of a bridge outside the local AWS: each detects its fault.</summary>
[Trait("Pace", "slow")]
public sealed class OutsideTests : IAsyncDisposable
{
    private const string Denied = "is not authorized to perform: lambda:InvokeFunction on resource: " + Lambda.Arn;

    private readonly Lambda _lambda = new();

    public ValueTask DisposeAsync() => _lambda.DisposeAsync();

    private async Task<Explained> AskAsync(Question? question = null, params (string Name, string Value)[] variables)
    {
        await using var bridge = new Parts.Bridge(variables: _lambda.Variables(variables));
        var explained = await Explained.AskAsync(bridge, question ?? new Question { Endpoint = _lambda.Url });
        // It is not an invocation.
        Assert.Equal(0, System.Text.Json.JsonDocument.Parse(bridge.Status.ToJson().ToArray()).RootElement.GetProperty("calls").GetInt32());
        return explained;
    }

    [Fact]
    public async Task Everything_in_order()
    {
        var explained = await AskAsync();
        Assert.Equal(
            "extension:ok grants:ok bridge:ok target:ok endpoint:ok credentials:ok dns:ok tcp:ok tls:ok clock:ok caller:ok "
                + "permission:ok function:ok timeouts:ok network:notSeen trust:notSeen resourcePolicy:notSeen",
            explained.States
        );
        Assert.True(explained.Works);
        Assert.Equal("postgres", explained.Json.GetProperty("database").GetString());
        Assert.Equal("my-function", explained.Json.GetProperty("function").GetString());
        Assert.Equal($"The credentials are those of {Lambda.Role}.", explained.TextOf("caller"));
        Assert.Equal(
            $"A DryRun of {Lambda.Arn} was answered 204: {Lambda.Role} may invoke it, by all policies that apply.",
            explained.TextOf("permission")
        );
        Assert.Equal("There are temporary credentials, from: environment.", explained.TextOf("credentials"));
        Assert.Equal($"The endpoint is {_lambda.Url}, as aws_lambda.endpoint_override says.", explained.TextOf("endpoint"));
        Assert.Equal("The function ends within 3 s, a call waits 3000 ms (aws_lambda.request_timeout_ms).", explained.TextOf("timeouts"));
    }

    [Fact]
    public async Task Secrets_that_every_backend_can_read_are_named_and_not_told()
    {
        var explained = await AskAsync(null, ("DAYBREAK_EXPOSED_TO_BACKENDS", "AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN"));
        Assert.Equal(
            "There are temporary credentials, from: environment. Code that runs in a backend (PL/Perl, PL/Python) can read "
                + "AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, "
                + "in the server's environment: put them in the file of aws_lambda.bridge_environment_file instead, which "
                + "only the bridge reads.",
            explained.TextOf("credentials")
        );
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "https://lambda-fips.us-west-2.amazonaws.com, the FIPS one of us-west-2")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", "https://lambda.us-west-2.api.aws, the dual-stack one of us-west-2")]
    public async Task Variant_of_the_region_s_endpoint_is_shown(string variable, string endpoint)
    {
        await using var proxy = ScriptedEndpoint.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(
            $"The endpoint is {endpoint}, through the proxy 127.0.0.1:{proxy.Port}.",
            (await AskAsync(new Question(), (variable, "true"), ("AWS_ENDPOINT_URL_STS", ""), ("HTTPS_PROXY", proxy.Url))).TextOf(
                "endpoint"
            )
        );
    }

    [Fact]
    public async Task Endpoint_of_the_environment_is_named_as_that() =>
        Assert.Equal(
            $"The endpoint is {_lambda.Url}, as AWS_ENDPOINT_URL_LAMBDA says.",
            (await AskAsync(new Question(), ("AWS_ENDPOINT_URL_LAMBDA", _lambda.Url))).TextOf("endpoint")
        );

    [Theory]
    [InlineData(
        Lambda.Role,
        "because no identity-based policy allows the lambda:InvokeFunction action",
        "aws iam put-role-policy --role-name app-role --policy-name AllowInvokeFunction --policy-document "
            + "'{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
            + Lambda.Arn
            + "\"}]}'"
    )]
    [InlineData(
        "arn:aws:iam::444455556666:user/team/ann",
        "because no identity-based policy allows the lambda:InvokeFunction action",
        "aws iam put-user-policy --user-name ann --policy-name AllowInvokeFunction --policy-document "
            + "'{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
            + Lambda.Arn
            + "\"}]}'"
    )]
    [InlineData(
        "arn:aws:sts::444455556666:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ann",
        "because no identity-based policy allows the lambda:InvokeFunction action",
        null,
        "permission set"
    )]
    [InlineData(
        Lambda.Role,
        "with an explicit deny in an identity-based policy",
        null,
        "Remove the statement that denies lambda:InvokeFunction from an identity-based policy"
    )]
    [InlineData(
        Lambda.Role,
        "because no permissions boundary allows the lambda:InvokeFunction action",
        null,
        "permissions boundary of arn:aws:sts::"
    )]
    [InlineData(
        Lambda.Role,
        "because no VPC endpoint policy allows the lambda:InvokeFunction action",
        null,
        "modify-vpc-endpoint --reset-policy"
    )]
    [InlineData(Lambda.Role, "because no service control policy allows the lambda:InvokeFunction action", null, "service control policies")]
    [InlineData(Lambda.Role, "because no session policy allows the lambda:InvokeFunction action", null, "session policy")]
    public async Task Denied_caller_is_given_what_its_denial_lacks(string caller, string because, string? command, string what = "")
    {
        _lambda.Caller = (200, "", Lambda.CallerIs(caller));
        _lambda.DryRun = (403, "AccessDeniedException", $$"""{"Message":"User: {{caller}} {{Denied}} {{because}}"}""");
        var explained = await AskAsync();
        Assert.False(explained.Works);
        Assert.Equal("permission", explained.FirstFailed);
        Assert.Equal(
            $"A DryRun of {Lambda.Arn} was refused: AccessDeniedException: User: {caller} {Denied} {because}",
            explained.TextOf("permission")
        );
        var (step, commands) = explained.FixOf("permission");
        Assert.Contains(what, step, StringComparison.Ordinal);
        Assert.Equal(command is null ? [] : [command], commands);
    }

    [Fact]
    public async Task Function_of_another_account_is_fixed_there()
    {
        const string There = "arn:aws:lambda:us-west-2:111122223333:function:my-function";
        _lambda.DryRun = (
            403,
            "AccessDeniedException",
            $$"""{"Message":"User: {{Lambda.Role}} is not authorized to perform: lambda:InvokeFunction on resource: {{There}} because no resource-based policy allows the lambda:InvokeFunction action"}"""
        );
        await using var bridge = new Parts.Bridge(variables: _lambda.Variables());
        await using var other = new ScriptedEndpoint(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                var (status, body) = request.RequestLine.StartsWith("POST", StringComparison.Ordinal)
                    ? (403, _lambda.DryRun.Body)
                    : (404, "{}");
                await peer.SendAsync(
                    $"HTTP/1.1 {status} X\r\nx-amzn-ErrorType: AccessDeniedException\r\nContent-Length: {body.Length}\r\n\r\n{body}"
                );
            }
        });
        var explained = await Explained.AskAsync(bridge, new Question { FunctionName = There, Endpoint = other.Url });
        Assert.Equal(
            $"aws lambda add-permission --function-name {There} --statement-id AllowInvokeFunction --action lambda:InvokeFunction "
                + "--principal 444455556666 --region us-west-2",
            Assert.Single(explained.FixOf("permission").Commands)
        );
        Assert.Equal("notSeen", explained.StateOf("clock"));
    }

    [Fact]
    public async Task Missing_function_is_no_matter_of_permission()
    {
        _lambda.DryRun = (404, "ResourceNotFoundException", $$"""{"Type":"User","Message":"Function not found: {{Lambda.Arn}}"}""");
        _lambda.Configuration = _lambda.DryRun;
        var explained = await AskAsync();
        Assert.Equal("function", explained.FirstFailed);
        Assert.Equal("ok", explained.StateOf("permission"));
        Assert.Equal($"ResourceNotFoundException: Function not found: {Lambda.Arn}", explained.TextOf("function"));
        Assert.Equal("notReached", explained.StateOf("timeouts"));
    }

    [Theory]
    [InlineData(
        """{"State":"Pending","StateReason":"The function is being created.","Timeout":3}""",
        "failed",
        "is Pending: The function is being created."
    )]
    [InlineData("""{"State":"Inactive","Timeout":3}""", "failed", "is Inactive: no reason is given")]
    [InlineData("""{"State":"Failed","StateReason":"No such key.","Timeout":3}""", "failed", "is Failed: No such key.")]
    [InlineData("""{"Timeout":3}""", "ok", "is Active.")]
    [InlineData("""{"State":"Active","Timeout":"three"}""", "notSeen", "the answer is not one of Lambda's")]
    public async Task State_of_the_function_is_told(string configuration, string state, string text)
    {
        _lambda.Configuration = (200, "", configuration);
        var explained = await AskAsync();
        Assert.Equal(state, explained.StateOf("function"));
        Assert.Contains(text, explained.TextOf("function"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_that_runs_longer_than_a_call_waits_is_told()
    {
        _lambda.Configuration = (200, "", """{"State":"Active","Timeout":60}""");
        var explained = (await AskAsync()).TextOf("timeouts");
        Assert.StartsWith("The function may run for 60 s, but a call waits 3000 ms only", explained, StringComparison.Ordinal);
        Assert.EndsWith("SET aws_lambda.request_timeout_ms = 60000;", explained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_caller_may_not_see_is_not_seen_and_works_all_the_same()
    {
        _lambda.Configuration = (
            403,
            "AccessDeniedException",
            """{"Message":"User: x is not authorized to perform: lambda:GetFunctionConfiguration"}"""
        );
        _lambda.Caller = (500, "", "an error page");
        var explained = await AskAsync();
        Assert.True(explained.Works);
        Assert.Equal("notSeen notSeen notSeen", explained.StatesOf("caller", "function", "timeouts"));
        Assert.Contains(
            "User: x is not authorized to perform: lambda:GetFunctionConfiguration",
            explained.TextOf("function"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ExpiredToken", "The security token included in the request is expired", "session has ended")]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid.", "aws sts get-caller-identity")]
    [InlineData("SignatureDoesNotMatch", "The request signature we calculated does not match", "secret access key")]
    public async Task Credentials_that_aws_refuses_are_told_by_sts(string code, string message, string step)
    {
        _lambda.Caller = (403, "", Lambda.StsError(code, message));
        _lambda.DryRun = (403, "UnrecognizedClientException", """{"message":"The security token included in the request is invalid."}""");
        var explained = await AskAsync();
        Assert.Equal("caller", explained.FirstFailed);
        Assert.Equal($"AWS STS answers {code}: {message}", explained.TextOf("caller"));
        Assert.Contains(step, explained.FixOf("caller").What, StringComparison.Ordinal);
        Assert.Equal("failed", explained.StateOf("permission"));
    }

    [Theory]
    [InlineData("AKIDSECOND", true)]
    [InlineData("AKIDFIRST", false)]
    public async Task Key_that_is_refused_is_replaced_as_by_a_call(string there, bool works)
    {
        var source = new ScriptedSource { AnswerStands = TimeSpan.Zero };
        source.Give(Snapshot("AKIDFIRST"));
        _lambda.Judge = request =>
        {
            // Only after that request is there another key, or still the same one.
            source.Give(Snapshot(there));
            return request.Header("authorization")!.Contains("AKIDFIRST", StringComparison.Ordinal)
                ? (403, "UnrecognizedClientException", """{"message":"The security token included in the request is invalid."}""")
                : null;
        };
        var variables = _lambda.Variables();
        foreach (var key in (string[])["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"])
            variables.Remove(key);
        await using var bridge = new Parts.Bridge(variables: variables, source: source);
        var explained = await Explained.AskAsync(bridge, new Question { Endpoint = _lambda.Url });
        Assert.Equal(works ? "ok" : "failed", explained.StateOf("permission"));
        Assert.Equal(works, explained.Works);
        Assert.Equal($"There are temporary credentials, from: {there}.", explained.TextOf("credentials"));

        static CredentialSnapshot Snapshot(string key) =>
            new(new AwsCredentials(key, "very-secret-key", "very-secret-token"), null, key, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Without_credentials_the_way_is_tried_all_the_same()
    {
        var source = new ScriptedSource();
        source.Fail("No AWS credentials: none anywhere.");
        await using var bridge = new Parts.Bridge(variables: new Dictionary<string, string>(), source: source);
        var explained = await Explained.AskAsync(bridge, new Question { Endpoint = _lambda.Url });
        Assert.Equal("credentials", explained.FirstFailed);
        Assert.Equal("No AWS credentials: none anywhere.", explained.TextOf("credentials"));
        Assert.Equal(
            "ok ok ok notReached notReached notSeen",
            explained.StatesOf("tcp", "tls", "clock", "caller", "permission", "function")
        );
    }

    [Theory]
    [InlineData(-11, "fast")]
    [InlineData(11, "slow")]
    public async Task Clock_that_is_wrong_is_seen_by_the_endpoint_s_date(int minutes, string how)
    {
        _lambda.Ahead = TimeSpan.FromMinutes(minutes);
        var explained = await AskAsync();
        Assert.StartsWith($"This machine's clock is 11 minutes {how}", explained.TextOf("clock"), StringComparison.Ordinal);
        Assert.Contains("sudo timedatectl set-ntp true", explained.TextOf("clock"), StringComparison.Ordinal);
        // Calls are signed with the endpoint's time then.
        Assert.Equal("ok", explained.StateOf("permission"));
    }

    [Fact]
    public async Task Name_that_is_none_is_dns()
    {
        var explained = await AskAsync(new Question { Endpoint = "no-such-host.invalid" });
        Assert.Equal("dns", explained.FirstFailed);
        Assert.StartsWith("no-such-host.invalid cannot be resolved: ", explained.TextOf("dns"), StringComparison.Ordinal);
        Assert.Equal("notReached notReached notReached notReached", explained.StatesOf("tcp", "tls", "clock", "permission"));
    }

    [Fact]
    public async Task Closed_port_is_tcp()
    {
        int port;
        await using (var closed = ScriptedEndpoint.Answering(""))
            port = closed.Port;
        var explained = await AskAsync(new Question { Endpoint = $"http://127.0.0.1:{port}" });
        Assert.Equal("tcp", explained.FirstFailed);
        Assert.Equal($"No connection to 127.0.0.1:{port}: connection refused.", explained.TextOf("tcp"));
    }

    [Fact]
    public async Task Certificate_of_an_unknown_authority_is_tls()
    {
        await using var endpoint = new TlsEndpoint("localhost");
        var explained = await AskAsync(new Question { Endpoint = $"localhost:{endpoint.Port}" });
        Assert.Equal("tls", explained.FirstFailed);
        Assert.Contains("Certificate of CN=localhost by CN=localhost, valid until", explained.TextOf("tls"), StringComparison.Ordinal);
        Assert.Contains(
            "its issuer is not one of the authorities that are trusted here",
            explained.TextOf("tls"),
            StringComparison.Ordinal
        );
        Assert.Contains("AWS_CA_BUNDLE", explained.FixOf("tls").What, StringComparison.Ordinal);
        Assert.Equal("notReached", explained.StateOf("permission"));
    }

    [Fact]
    public async Task Certificate_of_another_host_is_tls()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("somewhere.else");
        var explained = await AskAsync(
            new Question { Endpoint = $"localhost:{endpoint.Port}" },
            ("AWS_CA_BUNDLE", directory.Write("ca.pem", endpoint.Pem))
        );
        Assert.Equal("tls", explained.FirstFailed);
        Assert.Contains("it is for somewhere.else, not for localhost", explained.TextOf("tls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_that_is_verified_is_told()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("localhost");
        var explained = await AskAsync(
            new Question { Endpoint = $"localhost:{endpoint.Port}" },
            ("AWS_CA_BUNDLE", directory.Write("ca.pem", endpoint.Pem))
        );
        Assert.Equal("ok", explained.StateOf("tls"));
        Assert.Equal("ok", explained.StateOf("permission"));
    }

    [Fact]
    public async Task Endpoint_that_speaks_no_tls_is_tls()
    {
        var explained = await AskAsync(new Question { Endpoint = $"https://127.0.0.1:{_lambda.Port}" });
        Assert.Equal("tls", explained.FirstFailed);
        Assert.StartsWith("TLS failed: ", explained.TextOf("tls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_that_cannot_be_read_is_the_endpoint_s() =>
        Assert.Equal(
            "endpoint",
            (await AskAsync(new Question { Endpoint = "https://localhost:1" }, ("AWS_CA_BUNDLE", "/nowhere/ca.pem"))).FirstFailed
        );

    [Theory]
    [InlineData("not a name", "us-west-2", "function_name is \"not a name\".")]
    [InlineData(null, "us-west-2", "function_name is NULL.")]
    [InlineData("my-function", "nowhere", "The argument region is \"nowhere\".")]
    [InlineData(Lambda.Arn, "eu-central-1", "The Region of the function ARN is \"us-west-2\", the argument region is \"eu-central-1\".")]
    public async Task Call_that_means_no_function_ends_there(string? function, string region, string text)
    {
        var explained = await AskAsync(
            new Question
            {
                FunctionName = function,
                Region = region,
                Endpoint = _lambda.Url,
            }
        );
        Assert.EndsWith("target:failed", explained.States, StringComparison.Ordinal);
        Assert.Equal(text, explained.TextOf("target"));
    }

    [Fact]
    public async Task Proxy_is_named_and_its_user_is_not()
    {
        EndpointRequest? seen = null;
        await using var proxy = new ScriptedEndpoint(async peer =>
        {
            seen = await peer.ReadRequestAsync();
            await peer.SendAsync("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n");
        });
        var explained = await AskAsync(
            new Question { Endpoint = "https://lambda.us-west-2.amazonaws.com" },
            ("HTTPS_PROXY", $"http://user:very-secret@127.0.0.1:{proxy.Port}"),
            ("NO_PROXY", "127.0.0.1")
        );
        Assert.Equal(
            "The endpoint is https://lambda.us-west-2.amazonaws.com, as aws_lambda.endpoint_override says, through the proxy "
                + $"127.0.0.1:{proxy.Port}.",
            explained.TextOf("endpoint")
        );
        Assert.Equal("CONNECT lambda.us-west-2.amazonaws.com:443 HTTP/1.1", seen!.RequestLine);
        Assert.Equal("tls", explained.FirstFailed);
        Assert.Contains("407", explained.TextOf("tls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_texts_come_out_harmless()
    {
        _lambda.DryRun = (403, "AccessDeniedException", """{"Message":"\u0000\u001b[31m'; DROP TABLE x; --"}""");
        Assert.Contains("'; DROP TABLE x; --", (await AskAsync()).TextOf("permission"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_closes_ends_its_explanation()
    {
        var dropped = new TaskCompletionSource();
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            if (await peer.ReadRequestAsync() is null)
                return;
            await peer.UntilClosedAsync();
            dropped.TrySetResult();
        });
        await using var bridge = new Parts.Bridge(variables: _lambda.Variables());
        var client = await bridge.ConnectAsync();
        await client.SendAsync(new Question { Endpoint = endpoint.Url }.ToFrame());
        while (endpoint.Executions == 0)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        client.Dispose();
        await dropped.Task.WaitAsync(TestContext.Current.CancellationToken);
        (await bridge.InvokeAsync(new Call { FunctionName = "no name" })).ShouldBeError("LM006");
    }

    [Fact]
    public async Task Connection_explains_and_invokes_in_turns()
    {
        await using var bridge = new Parts.Bridge(variables: _lambda.Variables());
        var client = await bridge.ConnectAsync();
        _lambda.DryRun = (200, "", "1");
        for (var round = 0; round < 3; round++)
        {
            await client.SendAsync(new Question { Endpoint = _lambda.Url }.ToFrame());
            Assert.Equal(Daybreak.Bridge.Frames.FrameType.Explanation, (await client.ReadAsync()).Type);
            (await client.InvokeAsync(new Call { FunctionName = "no name" })).ShouldBeError("LM006");
        }
    }
}
