using System.Net.Sockets;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Http;

public sealed class TlsAndProxyTests
{
    private static Dictionary<string, string> With(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>(BridgeProcess.Keys);
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }

    [Fact]
    public async Task Endpoint_of_an_authority_in_the_bundle_is_trusted_and_its_connection_kept()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("localhost");
        var bundle = directory.Write("ca.pem", endpoint.Pem);
        await using var bridge = new Parts.Bridge(variables: With(("AWS_CA_BUNDLE", bundle)));
        for (var i = 0; i < 5; i++)
            Assert.Equal("1", (await bridge.InvokeAsync(new Call { Endpoint = $"localhost:{endpoint.Port}" })).ShouldBeResult().Payload);
        Assert.Equal(1, endpoint.Handshakes);
    }

    [Fact]
    public async Task Endpoint_of_an_unknown_authority_is_not_spoken_to()
    {
        await using var endpoint = new TlsEndpoint("localhost");
        await using var bridge = new Parts.Bridge();
        var error = (await bridge.InvokeAsync(new Call { Endpoint = $"localhost:{endpoint.Port}" })).ShouldBeError("LM001");
        Assert.Equal("AWS Lambda client returned 'Unable to connect to endpoint'.", error.Detail);
        Assert.Contains("TLS failed", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_of_another_host_is_refused()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("somewhere.else");
        var bundle = directory.Write("ca.pem", endpoint.Pem);
        await using var bridge = new Parts.Bridge(variables: With(("AWS_CA_BUNDLE", bundle)));
        Assert.Contains(
            "TLS failed",
            (await bridge.InvokeAsync(new Call { Endpoint = $"localhost:{endpoint.Port}" })).ShouldBeError("LM001").Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Plain_request_goes_to_the_proxy_in_absolute_form()
    {
        EndpointRequest? seen = null;
        await using var proxy = new ScriptedEndpoint(async peer =>
        {
            seen = await peer.ReadRequestAsync();
            await peer.SendAsync(ScriptedEndpoint.Reply("1"));
        });
        await using var bridge = new Parts.Bridge(variables: With(("HTTP_PROXY", $"http://user:pass@127.0.0.1:{proxy.Port}")));
        (await bridge.InvokeAsync(new Call { Endpoint = "http://lambda.invalid:8080" })).ShouldBeResult();
        Assert.Equal("POST http://lambda.invalid:8080/2015-03-31/functions/my-function/invocations HTTP/1.1", seen!.RequestLine);
        Assert.Equal("lambda.invalid:8080", seen.Header("Host"));
        Assert.Equal("Basic dXNlcjpwYXNz", seen.Header("Proxy-Authorization"));
    }

    [Fact]
    public async Task Secure_request_tunnels_through_the_proxy()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("lambda.test");
        string? connect = null;
        await using var proxy = new ScriptedEndpoint(async peer =>
        {
            connect = (await peer.ReadRequestAsync())!.RequestLine;
            using var onward = new TcpClient();
            await onward.ConnectAsync("127.0.0.1", endpoint.Port, peer.Stop);
            await peer.SendAsync("HTTP/1.1 200 Connection established\r\n\r\n");
            await peer.RelayAsync(onward.GetStream());
        });
        var bundle = directory.Write("ca.pem", endpoint.Pem);
        await using var bridge = new Parts.Bridge(variables: With(("HTTPS_PROXY", proxy.Url), ("AWS_CA_BUNDLE", bundle)));
        (await bridge.InvokeAsync(new Call { Endpoint = "https://lambda.test" })).ShouldBeResult();
        Assert.Equal("CONNECT lambda.test:443 HTTP/1.1", connect);
    }

    [Fact]
    public async Task Proxy_that_refuses_the_tunnel_is_named_and_nothing_is_sent()
    {
        await using var proxy = ScriptedEndpoint.Answering("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        await using var bridge = new Parts.Bridge(variables: With(("HTTPS_PROXY", proxy.Url)));
        var error = (await bridge.InvokeAsync(new Call { Endpoint = "https://lambda.test" })).ShouldBeError("LM001");
        Assert.Contains("407", error.Hint, StringComparison.Ordinal);
    }
}
