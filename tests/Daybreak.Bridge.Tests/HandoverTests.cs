using System.Net.Sockets;
using Daybreak.Bridge.Tests.Credentials;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests;

/// <summary>What a local AWS hands over to the bridge, over an abstract Unix socket.</summary>
public sealed class HandoverTests : IDisposable
{
    private readonly string _name = $"daybreak-test-{Guid.NewGuid():N}";
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly TemporaryDirectory _directory = new();

    public HandoverTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint("\0" + _name));
        _listener.Listen();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _listener.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Token_and_endpoint_that_are_handed_over_go_before_those_of_whoever_started_it()
    {
        await using var container = new StubHttp(static _ =>
            (
                200,
                """{"AccessKeyId":"ASIAHANDEDOVER","SecretAccessKey":"very-secret-key","Token":"t","Expiration":"2100-01-01T00:00:00Z"}"""
            )
        );
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new BridgeProcess(
            _directory.Path,
            new Dictionary<string, string>
            {
                ["DAYBREAK_CLUSTER_HANDOVER"] = _name,
                ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/elsewhere",
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://127.0.0.1:9/elsewhere",
                ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "another",
            }
        );
        using (var asking = await _listener.AcceptAsync(Cancel))
        {
            var said = new byte[1];
            await asking.SendAsync(said, Cancel);
            Assert.Equal(1, await asking.ReceiveAsync(said, Cancel));
            await asking.SendAsync(
                System.Text.Encoding.UTF8.GetBytes(
                    $"AWS_CONTAINER_CREDENTIALS_FULL_URI={container.Url}/role\nAWS_CONTAINER_AUTHORIZATION_TOKEN=of=the=bridge\nDAYBREAK_CLUSTER_CREDENTIALS=1\n"
                ),
                Cancel
            );
        }
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        Assert.Equal(("GET /role HTTP/1.1", "of=the=bridge"), (container.Seen[0].RequestLine, container.Seen[0].Header("Authorization")));
    }

    [Fact]
    public async Task Without_what_is_to_be_handed_over_it_does_not_start()
    {
        await using var bridge = new BridgeProcess(
            _directory.Path,
            new Dictionary<string, string> { ["DAYBREAK_CLUSTER_HANDOVER"] = _name }
        );
        (await _listener.AcceptAsync(Cancel)).Dispose();
        Assert.Equal(1, await bridge.ExitCodeAsync());
        await bridge.HasLoggedAsync("daybreak-bridge: the local AWS hands over no credentials: ");
    }
}
