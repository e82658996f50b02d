using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Tests.Http;

public sealed class ProxySettingsTests
{
    private static readonly HttpEndpoint Lambda = new(true, "lambda.us-west-2.amazonaws.com", 443);

    private static HttpProxy? For(HttpEndpoint endpoint, params (string Name, string Value)[] variables) =>
        new ProxySettings(name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault()).For(endpoint);

    [Fact]
    public void Scheme_decides_which_proxy_is_used()
    {
        (string, string)[] both = [("HTTPS_PROXY", "http://a:1"), ("http_proxy", "b:2")];
        Assert.Equal("a:1", For(Lambda, both)!.ToString());
        Assert.Equal("b:2", For(Lambda with { Tls = false }, both)!.ToString());
        Assert.Equal("c:3", For(Lambda, ("ALL_PROXY", "http://c:3"))!.ToString());
        Assert.Null(For(Lambda, ("HTTP_PROXY", "http://b:2")));
        Assert.Null(For(Lambda));
    }

    [Theory]
    [InlineData("lambda.us-west-2.amazonaws.com", true)]
    [InlineData("amazonaws.com", true)]
    [InlineData(".amazonaws.com", true)]
    [InlineData("*.amazonaws.com", true)]
    [InlineData("x, AMAZONAWS.com:443", true)]
    [InlineData("*", true)]
    [InlineData("amazonaws.com:80", false)]
    [InlineData("aws.com", false)]
    [InlineData("localhost,127.0.0.1", false)]
    public void Named_hosts_are_reached_without_proxy(string list, bool bypassed) =>
        Assert.Equal(bypassed, For(Lambda, ("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", list)) is null);

    [Fact]
    public void Network_is_a_rule_for_addresses() =>
        Assert.Null(For(new(false, "127.0.0.9", 80), ("HTTP_PROXY", "http://a:1"), ("no_proxy", "127.0.0.0/8")));

    [Fact]
    public void User_and_password_are_sent_and_never_shown()
    {
        var proxy = For(Lambda, ("HTTPS_PROXY", "http://user:p%40ss@a:1"))!;
        Assert.Equal("Basic dXNlcjpwQHNz", proxy.Authorization);
        Assert.Equal("a:1", proxy.ToString());
    }

    [Fact]
    public void Proxy_may_itself_be_spoken_to_over_TLS() =>
        Assert.Equal(new(true, "a", 443), For(Lambda, ("https_proxy", "https://a"))!.At);

    [Theory]
    [InlineData("socks5://a:1")]
    [InlineData("ftp://user:secret@a:1")]
    public void Proxy_of_another_kind_is_refused_by_name(string proxy)
    {
        var message = Assert.Throws<FormatException>(() => For(Lambda, ("HTTPS_PROXY", proxy))).Message;
        Assert.Contains("HTTPS_PROXY", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }
}
