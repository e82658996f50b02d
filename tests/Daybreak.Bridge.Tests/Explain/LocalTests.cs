using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Credentials;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Explain;

/// <summary>Beside a server of a local cluster, the local AWS explains.</summary>
public sealed class LocalTests
{
    private static Dictionary<string, string> Variables(string url) =>
        new()
        {
            ["DAYBREAK_CLUSTER_EXPLANATION"] = new Uri(new Uri(url), "/explain").ToString(),
            ["DAYBREAK_CLUSTER_NETWORK"] = "http://127.0.0.1:1/network",
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "very-secret-token",
        };

    [Theory]
    [InlineData("my-function", InvokeForm.Text, null, "my-function")]
    [InlineData("(my-function,eu-central-1)", InvokeForm.Text, "eu-central-1", "my-function")]
    [InlineData("a b&user=postgres", InvokeForm.Composite, "us-west-2", "a%20b%26user%3Dpostgres")]
    public async Task It_is_asked_by_the_token_and_its_answer_passed_on(string function, InvokeForm form, string? region, string shown)
    {
        const string Answer = """{"database":"x","works":false,"stages":[{"stage":"role","state":"failed"}]}""";
        await using var cloud = new StubHttp(_ => (200, Answer));
        await using var bridge = new Parts.Bridge(variables: Variables(cloud.Url));
        var explained = await Explained.AskAsync(
            bridge,
            new Question
            {
                FunctionName = function,
                Form = form,
                Region = form == InvokeForm.Text ? null : region,
            }
        );
        Assert.Equal(Answer, explained.Json.GetRawText());
        var seen = Assert.Single(cloud.Seen);
        Assert.Equal(
            $"GET /explain?function={shown}{(region is null ? "" : $"&region={region}")}&dbname=postgres&user=app&connectTimeout=1000&requestTimeout=3000 HTTP/1.1",
            seen.RequestLine
        );
        Assert.Equal("very-secret-token", seen.Header("authorization"));
    }

    [Theory]
    [InlineData(
        401,
        """{"code":"InvalidToken","message":"The token was not issued here."}""",
        "The local AWS answers 401: The token was not issued here."
    )]
    [InlineData(200, "no json", "The local AWS does not answer (JsonReaderException).")]
    [InlineData(200, "[]", "The local AWS does not answer (InvalidOperationException).")]
    public async Task What_it_refuses_is_told(int status, string answer, string text)
    {
        await using var cloud = new StubHttp(_ => (status, answer));
        await using var bridge = new Parts.Bridge(variables: Variables(cloud.Url));
        var explained = await Explained.AskAsync(bridge, new Question());
        Assert.Equal("database", explained.FirstFailed);
        Assert.Equal(text, explained.TextOf("database"));
    }

    [Fact]
    public async Task Local_aws_that_is_gone_is_told()
    {
        await using var bridge = new Parts.Bridge(variables: Variables("http://127.0.0.1:1"));
        Assert.Equal(
            "The local AWS does not answer (HttpRequestException).",
            (await Explained.AskAsync(bridge, new Question())).TextOf("database")
        );
    }

    [Fact]
    public async Task Null_is_no_function()
    {
        await using var cloud = new StubHttp(_ => (500, ""));
        await using var bridge = new Parts.Bridge(variables: Variables(cloud.Url));
        Assert.Equal("target", (await Explained.AskAsync(bridge, new Question { FunctionName = null })).FirstFailed);
        Assert.Empty(cloud.Seen);
    }
}
