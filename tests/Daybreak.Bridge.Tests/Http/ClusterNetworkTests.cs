using Daybreak.Bridge.Tests.Credentials;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>A server of a local database cluster goes where the network of its instance leads, and nowhere else.</summary>
public sealed class ClusterNetworkTests
{
    [Fact]
    public async Task Name_leads_where_the_local_aws_says_and_tls_ends_before()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var resolver = new StubHttp(_ => (200, $$"""{"address":"127.0.0.1","port":{{endpoint.Port}}}"""));
        await using var bridge = new Parts.Bridge(variables: Variables(resolver.Url));

        Assert.Equal("1", (await bridge.InvokeAsync(new Call { Region = "eu-central-1" })).ShouldBeResult().Payload);

        Assert.Equal("GET /network?host=lambda.eu-central-1.amazonaws.com&port=443 HTTP/1.1", Assert.Single(resolver.Seen).RequestLine);
    }

    [Fact]
    public async Task Unknown_name_is_no_connection()
    {
        await using var resolver = new StubHttp(_ => (404, """{"message":"its name cannot be resolved"}"""));
        await using var bridge = new Parts.Bridge(variables: Variables(resolver.Url));

        var error = (await bridge.InvokeAsync(new Call { Region = "us-east-1" })).ShouldBeError("LM001");

        Assert.Equal("AWS Lambda client returned 'Unable to connect to endpoint'.", error.Detail);
        Assert.Equal("The endpoint is https://lambda.us-east-1.amazonaws.com: its name cannot be resolved.", error.Hint);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Override_is_no_way_around(string scheme)
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var resolver = new StubHttp(_ => (404, """{"message":"its name cannot be resolved"}"""));
        var variables = Variables(resolver.Url);
        variables["HTTPS_PROXY"] = variables["HTTP_PROXY"] = endpoint.Url;
        await using var bridge = new Parts.Bridge(variables: variables);

        (await bridge.InvokeAsync(new Call { Region = "us-east-1", Endpoint = $"{scheme}://127.0.0.1:{endpoint.Port}" })).ShouldBeError(
            "LM001"
        );

        Assert.Equal(0, endpoint.Connections);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"address":"nowhere","port":1}""")]
    [InlineData("""{"address":"127.0.0.1","port":"x"}""")]
    public async Task Broken_answer_is_no_connection(string answer)
    {
        await using var resolver = new StubHttp(_ => (200, answer));
        await using var bridge = new Parts.Bridge(variables: Variables(resolver.Url));

        (await bridge.InvokeAsync(new Call { Region = "us-east-1" })).ShouldBeError("LM001");
    }

    private static Dictionary<string, string> Variables(string url) =>
        new()
        {
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "very-secret-key",
            ["DAYBREAK_CLUSTER_NETWORK"] = new Uri(new Uri(url), "/network").ToString(),
        };
}
