using System.Net;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.Hosting.Clock;

/// <summary>The clock of a local AWS, moved through its route.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("daybreak-test-").FullName;
    private CloudHost? _host;
    private HttpClient _http = new();

    // A cloud that runs as root refuses a state directory that database servers could not enter.
    public ClockTests() => File.SetUnixFileMode(_state, File.GetUnixFileMode(_state) | UnixFileMode.OtherExecute);

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task It_is_real_until_it_is_moved_and_again_afterwards()
    {
        Assert.Equal(0, await OffsetAsync());
        Assert.Equal("real", (string?)(await StatusAsync())["clock"]);
        await MoveAsync("advance=6h");
        await MoveAsync("advance=1h30m");
        Assert.Equal(7.5 * 3600, await OffsetAsync());
        Assert.EndsWith("Z, 7h30m ahead of the real clock", (string?)(await StatusAsync())["clock"], StringComparison.Ordinal);
        var at = await MoveAsync("at=2031-05-06T07:08:09Z");
        Assert.StartsWith("2031-05-06T07:08:", (string?)at["time"], StringComparison.Ordinal);
        var back = await MoveAsync("at=2020-01-01");
        Assert.EndsWith("behind the real clock", (string?)back["description"], StringComparison.Ordinal);
        await MoveAsync("real");
        Assert.Equal(0, await OffsetAsync());
    }

    [Theory]
    [InlineData("", "Give one of advance=DURATION, at=TIME and real.")]
    [InlineData("forward=1h", "Give one of advance=DURATION, at=TIME and real.")]
    [InlineData("advance=1h&real", "Give one of advance=DURATION, at=TIME and real.")]
    [InlineData("advance=", "'' is no duration. Write it like 2m, 1h30m, 90s or 7d; to go back, give a time.")]
    [InlineData("advance=-1h", "'-1h' is no duration. Write it like 2m, 1h30m, 90s or 7d; to go back, give a time.")]
    [InlineData("advance=5", "'5' is no duration. Write it like 2m, 1h30m, 90s or 7d; to go back, give a time.")]
    [InlineData("at=noon", "'noon' is no time. Write it like 2026-12-31T23:59:00Z.")]
    [InlineData("at=1970-01-01", "The clock can be set from the year 2000 to the year 2999.")]
    [InlineData("advance=364999d", "The clock can be set from the year 2000 to the year 2999.")]
    [InlineData(
        "advance=99999999999999999999d",
        "'99999999999999999999d' is no duration. Write it like 2m, 1h30m, 90s or 7d; to go back, give a time."
    )]
    public async Task What_is_no_time_is_refused_and_moves_nothing(string query, string message)
    {
        using var refused = await PostAsync(query);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(message, (string?)(await JsonAsync(refused))["message"]);
        Assert.Equal(0, await OffsetAsync());
    }

    [Fact]
    public async Task No_web_page_moves_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_daybreak/clock?advance=1h")
        {
            Headers = { { "Origin", "http://a" } },
        };
        using var refused = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(0, await OffsetAsync());
    }

    [Fact]
    public async Task Sessions_expire_by_it_while_signatures_keep_the_real_time()
    {
        var session = await AskAsync("sts", "GetSessionToken", ("DurationSeconds", "21600"));
        Assert.Contains("<SessionToken>", session, StringComparison.Ordinal);
        await MoveAsync("advance=5h59m");
        Assert.Contains("<Arn>", await AskAsync("sts", "GetCallerIdentity"), StringComparison.Ordinal); // signed with the real time
        var credentials = new Aws.AwsCredentials(
            Between(session, "<AccessKeyId>"),
            Between(session, "<SecretAccessKey>"),
            Between(session, "<SessionToken>")
        );
        Assert.Equal(HttpStatusCode.OK, await IdentifyAsync(credentials));
        await MoveAsync("advance=1m");
        Assert.Equal(HttpStatusCode.Forbidden, await IdentifyAsync(credentials));
        await MoveAsync("real");
        Assert.Equal(HttpStatusCode.OK, await IdentifyAsync(credentials));
    }

    [Fact]
    public async Task It_stays_moved_after_a_restart_and_a_reset_makes_it_real()
    {
        await MoveAsync("advance=6h");
        await StopAsync();
        await StartAsync();
        Assert.Equal(6 * 3600, await OffsetAsync());
        using var reset = await _http.PostAsync("/_daybreak/reset", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal(0, await OffsetAsync());
        await StopAsync();
        await StartAsync();
        Assert.Equal(0, await OffsetAsync());
    }

    private static string Between(string text, string tag) => text.Split(tag)[1].Split('<')[0];

    private async Task<HttpStatusCode> IdentifyAsync(Aws.AwsCredentials credentials)
    {
        var body = "Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray();
        var head = new Aws.Signing.RequestHead(
            "POST",
            "/",
            new[]
            {
                new Aws.Signing.HttpField("Host", _host!.Endpoint.Authority),
                new Aws.Signing.HttpField("Content-Type", "application/x-www-form-urlencoded"),
            }
        );
        var context = new Aws.Signing.SigningContext(credentials, "us-east-1", "sts", TimeProvider.System.GetUtcNow());
        var signed = Aws.Signing.SigV4RequestSigner.Sign(head, body, context).Request;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        foreach (var field in signed.Headers.ToArray())
        {
            if (field.Name == "Content-Type")
                request.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
            else
                request.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }
        using var client = new HttpClient { BaseAddress = _host.Endpoint };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<string> AskAsync(string service, string action, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Authorization = LambdaCloud.Signed(service: service);
        request.Content = new FormUrlEncodedContent([
            new("Action", action),
            new("Version", "2011-06-15"),
            .. parameters.Select(static one => KeyValuePair.Create(one.Name, one.Value)),
        ]);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> PostAsync(string query) =>
        _http.PostAsync($"/_daybreak/clock?{query}", null, TestContext.Current.CancellationToken);

    private async Task<JsonNode> MoveAsync(string query)
    {
        using var moved = await PostAsync(query);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        return await JsonAsync(moved);
    }

    private async Task<double> OffsetAsync() => (double)(await GetAsync("/_daybreak/clock"))["offsetSeconds"]!;

    private Task<JsonNode> StatusAsync() => GetAsync("/_daybreak/status");

    private async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        return await JsonAsync(answer);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    private async Task StartAsync()
    {
        _host = await CloudHost.StartAsync(
            new CloudOptions
            {
                Port = 0,
                StateDirectory = _state,
                FunctionRuntime = new ScriptedRuntime(),
            }
        );
        _http = new HttpClient(new SigningHandler()) { BaseAddress = _host.Endpoint };
    }

    private async Task StopAsync()
    {
        _http.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
