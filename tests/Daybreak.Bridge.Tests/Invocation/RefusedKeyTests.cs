using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Tests.Credentials;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>The API refuses the key that the bridge has: which calls are sent again and how often, and the errors of the others.</summary>
public sealed class RefusedKeyTests : IAsyncDisposable
{
    private const string Invalid = "The security token included in the request is invalid.";
    private const string Mismatch = "The request signature we calculated does not match the signature you provided.";

    private readonly ScriptedSource _source = new() { AnswerStands = TimeSpan.Zero };
    private readonly List<string> _keys = [];
    private readonly ScriptedEndpoint _endpoint;
    private string _good = "new";
    private string _refusal = Refusal("UnrecognizedClientException", Invalid);

    public RefusedKeyTests()
    {
        _endpoint = new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                var key = request.Header("Authorization")!.Split("Credential=")[1].Split('/')[0];
                lock (_keys)
                    _keys.Add(key);
                await peer.SendAsync(key == _good ? ScriptedEndpoint.Reply("1") : _refusal);
            }
        });
        _source.Give(Key("old"));
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private static string Refusal(string code, string message, string status = "403 Forbidden") =>
        ScriptedEndpoint.Reply($$"""{"message":"{{message}}"}""", $"x-amzn-ErrorType: {code}\r\n", status);

    private static CredentialSnapshot Key(string id) => new(new AwsCredentials(id, "secret", "token"), null, "test");

    /// <summary>A bridge that has the old key at hand.</summary>
    private async Task<Parts.Bridge> BridgeAsync()
    {
        var bridge = new Parts.Bridge(source: _source);
        _good = "old";
        (await InvokeAsync(bridge)).ShouldBeResult();
        _good = "new";
        _keys.Clear();
        return bridge;
    }

    private Task<Answer> InvokeAsync(Parts.Bridge bridge, uint requestTimeoutMs = 20_000) =>
        bridge.InvokeAsync(new Call { Endpoint = _endpoint.Url, RequestTimeoutMs = requestTimeoutMs });

    [Theory]
    [InlineData("UnrecognizedClientException", Invalid)]
    [InlineData("InvalidClientTokenId", Invalid)]
    [InlineData("ExpiredTokenException", "The security token included in the request is expired")]
    [InlineData("InvalidSignatureException", Mismatch)]
    public async Task Call_is_sent_once_more_with_another_key(string code, string message)
    {
        await using var bridge = await BridgeAsync();
        _refusal = Refusal(code, message);
        _source.Give(Key("new"));
        (await InvokeAsync(bridge)).ShouldBeResult();
        (await InvokeAsync(bridge)).ShouldBeResult();
        Assert.Equal(["old", "new", "new"], _keys);
    }

    [Theory]
    [InlineData("AccessDeniedException", "User: u is not authorized", "403 Forbidden")]
    [InlineData("InvalidSignatureException", "Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z", "403 Forbidden")]
    [InlineData("InvalidSignatureException", "Credential should be scoped to a valid region.", "403 Forbidden")]
    [InlineData("UnrecognizedClientException", Invalid, "500 Internal Server Error")]
    public async Task What_no_key_would_change_is_told_at_once(string code, string message, string status)
    {
        await using var bridge = await BridgeAsync();
        _refusal = Refusal(code, message, status);
        _source.Give(Key("new"));
        Assert.Equal($"AWS Lambda client returned '{message}'.", (await InvokeAsync(bridge)).Detail);
        Assert.Equal(["old"], _keys);
        Assert.Equal(1, _source.Fetches);
    }

    [Fact]
    public async Task Second_refusal_is_told()
    {
        await using var bridge = await BridgeAsync();
        _source.Give(Key("other"));
        Assert.Equal($"AWS Lambda client returned '{Invalid}'.", (await InvokeAsync(bridge)).ShouldBeError("LM008").Detail);
        Assert.Equal(["old", "other"], _keys);
    }

    [Fact]
    public async Task Same_key_is_not_sent_again()
    {
        await using var bridge = await BridgeAsync();
        Assert.Equal($"AWS Lambda client returned '{Invalid}'.", (await InvokeAsync(bridge)).ShouldBeError("LM008").Detail);
        Assert.Equal(["old"], _keys);
    }

    [Fact]
    public async Task Key_of_the_environment_is_sent_once()
    {
        await using var bridge = new Parts.Bridge();
        Assert.Equal($"AWS Lambda client returned '{Invalid}'.", (await InvokeAsync(bridge)).ShouldBeError("LM008").Detail);
        Assert.Equal(["AKIDEXAMPLE"], _keys);
    }

    [Fact]
    public async Task Why_there_is_no_key_any_more_is_told_and_the_next_call_uses_the_one_that_comes()
    {
        await using var bridge = await BridgeAsync();
        _source.Fail("The role is gone.");
        Assert.Equal("The role is gone.", (await InvokeAsync(bridge)).ShouldBeError("LM008").Detail);
        _source.Give(Key("new"));
        (await InvokeAsync(bridge)).ShouldBeResult();
        Assert.Equal(["old", "old", "new"], _keys);
    }

    [Fact]
    public async Task Source_that_does_not_answer_in_the_time_of_the_call_leaves_the_refusal()
    {
        await using var bridge = await BridgeAsync();
        var held = _source.Hold();
        Assert.Equal(
            $"AWS Lambda client returned '{Invalid}'.",
            (await InvokeAsync(bridge, requestTimeoutMs: 200)).ShouldBeError("LM008").Detail
        );
        held.SetResult(Key("new"));
        (await InvokeAsync(bridge)).ShouldBeResult();
    }

    [Fact]
    public async Task Connection_of_the_refusal_is_used_again()
    {
        await using var bridge = await BridgeAsync();
        _source.Give(Key("new"));
        (await InvokeAsync(bridge)).ShouldBeResult();
        Assert.Equal(1, _endpoint.Connections);
    }
}
