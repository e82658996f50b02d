using System.Text;
using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Invocation;
using Daybreak.Bridge.Tests.Credentials;
using Daybreak.Bridge.Tests.Explain;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>Calls with a role of <c>daybreak.assume</c>: what STS is asked, how often, and what a refusal becomes.</summary>
public sealed class AssumedRoleTests : IAsyncDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/app";
    private const string NotAuthorized =
        "User: arn:aws:iam::444455556666:user/server is not authorized to perform: sts:AssumeRole on resource: " + Role;

    private readonly List<string> _keys = [];
    private readonly ScriptedEndpoint _lambda;
    private readonly StubHttp _sts;
    private Func<EndpointRequest, (int Status, string Body)> _answer;

    public AssumedRoleTests()
    {
        _lambda = new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                lock (_keys)
                    _keys.Add($"{KeyOf(request)} {request.Header("x-amz-security-token")}");
                await peer.SendAsync(ScriptedEndpoint.Reply("1"));
            }
        });
        _answer = Given;
        _sts = new(request => _answer(request));
    }

    public async ValueTask DisposeAsync()
    {
        await _lambda.DisposeAsync();
        await _sts.DisposeAsync();
    }

    // An explanation's first request is not signed.
    private static string KeyOf(EndpointRequest request) =>
        request.Header("Authorization") is { } signature ? signature.Split("Credential=")[1].Split('/')[0] : "unsigned";

    private static string FormOf(EndpointRequest request) => Encoding.ASCII.GetString(request.Body);

    /// <summary>A key named after the session.</summary>
    private static (int Status, string Body) Given(EndpointRequest request)
    {
        if (!FormOf(request).StartsWith("Action=AssumeRole&", StringComparison.Ordinal))
            return (200, Lambda.CallerIs("arn:aws:sts::123456789012:assumed-role/app/app"));
        var session = FormOf(request).Split("RoleSessionName=")[1].Split('&')[0];
        var until = TimeProvider
            .System.GetUtcNow()
            .AddHours(1)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        return (
            200,
            $"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:{session}</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/app/{session}</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIA-{session}</AccessKeyId><SecretAccessKey>very-secret-assumed</SecretAccessKey><SessionToken>token-{session}</SessionToken><Expiration>{until}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
        );
    }

    private Dictionary<string, string> Variables() =>
        new()
        {
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "very-secret-key",
            ["AWS_REGION"] = "us-west-2",
            ["AWS_ENDPOINT_URL_STS"] = _sts.Url,
        };

    private Call As(string? session, string? externalId = null) =>
        new()
        {
            Endpoint = _lambda.Url,
            IamRole = session is null ? null : Role,
            SessionName = session,
            ExternalId = externalId,
        };

    [Fact]
    public async Task Each_session_is_assumed_once_and_signs_its_own_calls()
    {
        await using var bridge = new Parts.Bridge(variables: Variables());
        foreach (var call in (Call[])[As("app"), As("app"), As(null), As("other", "partner/7"), As("app")])
            (await bridge.InvokeAsync(call)).ShouldBeResult();
        Assert.Equal(["ASIA-app token-app", "ASIA-app token-app", "AKIDEXAMPLE ", "ASIA-other token-other", "ASIA-app token-app"], _keys);
        Assert.Equal(
            [
                $"Action=AssumeRole&Version=2011-06-15&RoleArn={Uri.EscapeDataString(Role)}&RoleSessionName=app",
                $"Action=AssumeRole&Version=2011-06-15&RoleArn={Uri.EscapeDataString(Role)}&RoleSessionName=other&ExternalId=partner%2F7",
            ],
            _sts.Seen.Select(FormOf)
        );
        Assert.All(
            _sts.Seen,
            static asked =>
            {
                Assert.Equal("POST / HTTP/1.1", asked.RequestLine);
                Assert.Contains("AKIDEXAMPLE/", asked.Header("Authorization"), StringComparison.Ordinal);
                Assert.Contains("/us-west-2/sts/aws4_request", asked.Header("Authorization"), StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Refusal_is_told_in_AWS_s_words_and_nothing_is_called()
    {
        _answer = static _ => (403, Lambda.StsError("AccessDenied", NotAuthorized));
        await using var bridge = new Parts.Bridge(variables: Variables());
        var error = await bridge.InvokeAsync(As("app"));
        error.ShouldBeError("LM008");
        Assert.Equal("invoke API failed", error.Message);
        Assert.Equal($"The IAM role {Role} cannot be assumed: AWS STS answers AccessDenied: {NotAuthorized}", error.Detail);
        Assert.StartsWith("The identity of the PostgreSQL server needs sts:AssumeRole on that role", error.Hint, StringComparison.Ordinal);
        Assert.Empty(_keys);

        // The server's own identity is not touched by it.
        (await bridge.InvokeAsync(As(null))).ShouldBeResult();
    }

    [Fact]
    public async Task Answer_that_is_not_of_STS_gives_no_credentials()
    {
        await using var bridge = new Parts.Bridge(variables: Variables());
        foreach (var (status, body) in ((int, string)[])[(200, "<html/>"), (200, "no XML"), (302, ""), (503, "<Error/>")])
        {
            _answer = _ => (status, body);
            var error = await bridge.InvokeAsync(As($"app{status}{body.Length}"));
            error.ShouldBeError("LM008");
            Assert.Contains($"answers {status}, and not as AWS STS does", error.Detail, StringComparison.Ordinal);
        }
        Assert.Empty(_keys);
    }

    [Fact]
    public async Task Key_of_the_server_that_STS_refuses_is_replaced_once()
    {
        var source = new ScriptedSource { AnswerStands = TimeSpan.Zero };
        source.Give(new(new AwsCredentials("old", "secret", "token"), null, "test"));
        await using var bridge = new Parts.Bridge(variables: Variables(), source: source);
        (await bridge.InvokeAsync(As(null))).ShouldBeResult();
        _answer = static request =>
            KeyOf(request) == "new"
                ? Given(request)
                : (403, Lambda.StsError("ExpiredToken", "The security token included in the request is expired"));
        source.Give(new(new AwsCredentials("new", "secret", "token"), null, "test"));
        (await bridge.InvokeAsync(As("app"))).ShouldBeResult();
        Assert.Equal(["old token", "ASIA-app token-app"], _keys);
        Assert.Equal(["old", "new"], _sts.Seen.Select(KeyOf));
    }

    [Fact]
    public async Task Explanation_shows_the_role_and_asks_with_it()
    {
        await using var bridge = new Parts.Bridge(variables: Variables());
        var explained = await Explained.AskAsync(bridge, new Question { Endpoint = _lambda.Url, IamRole = Role });
        Assert.Equal("ok ok", explained.StatesOf("credentials", "iamRole"));
        Assert.StartsWith(
            $"The call is made with the IAM role {Role}, assumed for app as the session app, until ",
            explained.TextOf("iamRole"),
            StringComparison.Ordinal
        );
        Assert.Contains("ASIA-app token-app", _keys);
        Assert.DoesNotContain(_keys, static key => key.StartsWith("AKIDEXAMPLE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explanation_of_a_role_that_is_refused_ends_there()
    {
        _answer = static _ => (403, Lambda.StsError("AccessDenied", NotAuthorized));
        await using var bridge = new Parts.Bridge(variables: Variables());
        var explained = await Explained.AskAsync(bridge, new Question { Endpoint = _lambda.Url, IamRole = Role });
        Assert.Equal("iamRole", explained.FirstFailed);
        Assert.False(explained.Works);
        Assert.Contains(NotAuthorized, explained.TextOf("iamRole"), StringComparison.Ordinal);
        Assert.Equal("notReached", explained.StateOf("caller"));
    }

    [Fact]
    public async Task Beside_a_local_cluster_no_role_is_assumed_and_nobody_is_asked()
    {
        var variables = Variables();
        variables["DAYBREAK_CLUSTER_NETWORK"] = $"http://127.0.0.1:{_lambda.Port}/network";
        await using var bridge = new Parts.Bridge(variables: variables);
        var error = (
            await bridge.InvokeAsync(
                new Call
                {
                    Endpoint = _lambda.Url,
                    IamRole = Role,
                    SessionName = "app",
                }
            )
        ).ShouldBeError("LM008");
        Assert.Equal(AssumeRoleSource.NotBesideClusters, error.Detail);
        Assert.Empty(_sts.Seen);
        Assert.Equal(0, _lambda.Executions);
    }
}
