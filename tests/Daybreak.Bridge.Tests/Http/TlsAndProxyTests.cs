using System.Net;
using System.Net.Sockets;
using Daybreak.Bridge.Tests.Parts;
using Microsoft.Extensions.Time.Testing;

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

    private const string UnableToConnect = "AWS Lambda client returned 'Unable to connect to endpoint'.";

    [Fact]
    public async Task Endpoint_of_an_unknown_authority_is_not_spoken_to()
    {
        await using var endpoint = new TlsEndpoint("localhost");
        await using var bridge = new Parts.Bridge();
        var error = (
            await bridge.InvokeAsync(new Call { Endpoint = $"localhost:{endpoint.Port}", ConnectTimeoutMs = 60_000 })
        ).ShouldBeError("LM001");
        Assert.Equal(UnableToConnect, error.Detail);
        Assert.Equal(
            $"The endpoint is https://localhost:{endpoint.Port}: TLS failed: Certificate of CN=localhost by CN=localhost, valid until "
                + $"{endpoint.NotAfter:yyyy-MM-dd HH:mm} UTC: its issuer is not one of the authorities that are trusted here. Name a file with "
                + "that authority in AWS_CA_BUNDLE, in the environment of the PostgreSQL server, and restart it; or remove the proxy that "
                + "answers in place of the endpoint.",
            error.Hint
        );
        Assert.Equal(0, endpoint.Requests);
    }

    [Theory]
    [InlineData("somewhere.else", -1, 1, "it is for somewhere.else, not for localhost. Let aws_lambda.endpoint_override")]
    [InlineData("localhost", -3, -2, "it has expired. Have it renewed, or set this machine's clock")]
    [InlineData("localhost", 2, 3, "it is not valid before")]
    public async Task Certificate_that_is_not_valid_here_is_refused_in_words(string name, int fromDay, int toDay, string why)
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint(name, fromDay, toDay);
        var bundle = directory.Write("ca.pem", endpoint.Pem);
        await using var bridge = new Parts.Bridge(variables: With(("AWS_CA_BUNDLE", bundle)));
        var error = (
            await bridge.InvokeAsync(new Call { Endpoint = $"localhost:{endpoint.Port}", ConnectTimeoutMs = 60_000 })
        ).ShouldBeError("LM001");
        Assert.Equal(UnableToConnect, error.Detail);
        Assert.Contains(why, error.Hint, StringComparison.Ordinal);
        Assert.Equal(0, endpoint.Requests);
    }

    [Theory]
    [InlineData("missing.pem", null, "which cannot be read")]
    [InlineData("empty.pem", "", "which holds no certificate (PEM)")]
    [InlineData("wrong.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "which cannot be read")]
    public async Task Bundle_that_is_none_is_named(string name, string? content, string why)
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("localhost");
        var bundle = content is null ? Path.Combine(directory.Path, name) : directory.Write(name, content);
        await using var bridge = new Parts.Bridge(variables: With(("AWS_CA_BUNDLE", bundle)));
        var error = (
            await bridge.InvokeAsync(new Call { Endpoint = $"localhost:{endpoint.Port}", ConnectTimeoutMs = 60_000 })
        ).ShouldBeError("LM001");
        Assert.Contains($"AWS_CA_BUNDLE names the file {bundle}, {why}", error.Hint, StringComparison.Ordinal);
    }

    /// <summary>The hint of a call that does not get further than to a peer that says nothing, once its time is up.</summary>
    private static async Task<string> HintAfterSilenceAsync(
        TcpListener silent,
        string endpoint,
        params (string Name, string Value)[] variables
    )
    {
        var time = new FakeTimeProvider();
        await using var bridge = new Parts.Bridge(variables: With(variables), time: time);
        var answer = bridge.InvokeAsync(new Call { Endpoint = endpoint, ConnectTimeoutMs = 100 });
        using var peer = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        // The first bytes show that the bridge waits for this peer now.
        Assert.NotEqual(0, await peer.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromMilliseconds(100));
        return (await answer).ShouldBeError("LM001").Hint!;
    }

    private static TcpListener Silent()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    [Fact]
    public async Task Endpoint_that_does_not_finish_its_handshake_ends_in_the_connect_timeout()
    {
        using var silent = Silent();
        Assert.Equal(
            $"The endpoint is https://{silent.LocalEndpoint}: no connection within 100 ms (aws_lambda.connect_timeout_ms): 127.0.0.1 did not "
                + "finish the TLS handshake.",
            await HintAfterSilenceAsync(silent, $"https://{silent.LocalEndpoint}")
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secure_request_tunnels_through_the_proxy(bool proxyIsSecure)
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("lambda.test");
        await using var proxy = new ConnectProxy(endpoint.Port, "user:p@ss", proxyIsSecure);
        var bundle = directory.Write("ca.pem", endpoint.Pem + "\n" + proxy.Pem);
        await using var bridge = new Parts.Bridge(
            variables: With(("HTTPS_PROXY", proxy.UrlWith("user:p%40ss@")), ("AWS_CA_BUNDLE", bundle))
        );
        for (var i = 0; i < 3; i++)
            (await bridge.InvokeAsync(new Call { Endpoint = "https://lambda.test" })).ShouldBeResult();
        Assert.Equal(["CONNECT lambda.test:443 HTTP/1.1"], proxy.Asked);
        Assert.Equal(1, endpoint.Handshakes);
    }

    [Fact]
    public async Task Host_of_no_proxy_is_reached_without_it()
    {
        using var directory = new TemporaryDirectory();
        await using var endpoint = new TlsEndpoint("localhost");
        await using var proxy = new ConnectProxy(endpoint.Port);
        var bundle = directory.Write("ca.pem", endpoint.Pem);
        await using var bridge = new Parts.Bridge(
            variables: With(("https_proxy", proxy.UrlWith("")), ("no_proxy", "localhost"), ("AWS_CA_BUNDLE", bundle))
        );
        (await bridge.InvokeAsync(new Call { Endpoint = $"https://localhost:{endpoint.Port}" })).ShouldBeResult();
        Assert.Empty(proxy.Asked);
    }

    [Theory]
    [InlineData("", "asks for credentials (407); write them into the URL of HTTPS_PROXY as http://USER:PASSWORD@")]
    [InlineData("user:wrong-secret@", "refuses the user or password in the URL of HTTPS_PROXY (407).")]
    public async Task Proxy_that_wants_other_credentials_is_told_of_and_they_are_not(string given, string why)
    {
        await using var endpoint = new TlsEndpoint("lambda.test");
        await using var proxy = new ConnectProxy(endpoint.Port, "user:right");
        await using var bridge = new Parts.Bridge(variables: With(("HTTPS_PROXY", proxy.UrlWith(given))));
        var error = (await bridge.InvokeAsync(new Call { Endpoint = "https://lambda.test" })).ShouldBeError("LM001");
        Assert.Equal(UnableToConnect, error.Detail);
        Assert.StartsWith($"The endpoint is https://lambda.test: the proxy 127.0.0.1:{proxy.Port}", error.Hint, StringComparison.Ordinal);
        Assert.Contains(why, error.Hint, StringComparison.Ordinal);
        var explained = await Explained.AskAsync(bridge, new Question { Endpoint = "https://lambda.test" });
        var status = System.Text.Encoding.UTF8.GetString(bridge.Status.ToJson());
        var log = await bridge.StopAsync();
        Assert.Contains("LM001", log, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", error.Hint + explained.Json + status + log, StringComparison.Ordinal);
        Assert.Equal(0, endpoint.Handshakes);
    }

    [Fact]
    public async Task Proxy_that_wants_credentials_for_a_plain_request_says_the_same()
    {
        await using var proxy = ScriptedEndpoint.Answering("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        await using var bridge = new Parts.Bridge(variables: With(("HTTP_PROXY", proxy.Url)));
        var error = (await bridge.InvokeAsync(new Call { Endpoint = "http://lambda.test" })).ShouldBeError("LM001");
        Assert.Contains("write them into the URL of HTTP_PROXY", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_that_refuses_the_tunnel_is_named_and_nothing_is_sent()
    {
        await using var proxy = ScriptedEndpoint.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        await using var bridge = new Parts.Bridge(variables: With(("HTTPS_PROXY", proxy.Url)));
        var error = (await bridge.InvokeAsync(new Call { Endpoint = "https://lambda.test" })).ShouldBeError("LM001");
        Assert.EndsWith(
            $"the proxy 127.0.0.1:{proxy.Port} (HTTPS_PROXY) answered 403 to CONNECT; let it pass lambda.test, or name that host in NO_PROXY.",
            error.Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Proxy_that_hangs_is_named_after_the_connect_timeout()
    {
        using var silent = Silent();
        Assert.EndsWith(
            $"the proxy {silent.LocalEndpoint} (HTTPS_PROXY) did not answer CONNECT.",
            await HintAfterSilenceAsync(silent, "https://lambda.test", ("HTTPS_PROXY", $"http://{silent.LocalEndpoint}")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "did not answer in HTTP")]
    [InlineData("", "closed the connection")]
    public async Task Proxy_that_is_none_is_named(string answer, string why)
    {
        await using var proxy = new ScriptedEndpoint(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.SendAsync(answer);
        });
        await using var bridge = new Parts.Bridge(variables: With(("HTTPS_PROXY", proxy.Url)));
        var error = (await bridge.InvokeAsync(new Call { Endpoint = "https://lambda.test" })).ShouldBeError("LM001");
        Assert.EndsWith($"the proxy 127.0.0.1:{proxy.Port} {why}.", error.Hint, StringComparison.Ordinal);
    }
}
