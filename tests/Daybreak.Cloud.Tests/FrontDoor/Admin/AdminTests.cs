using System.Net;
using System.Text.Json;

namespace Daybreak.Cloud.Tests.FrontDoor.Admin;

public sealed class AdminTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private readonly HttpClient _http = cloud.Http;

    [Fact]
    public async Task Status_tells_who_answers()
    {
        using var status = JsonDocument.Parse(await _http.GetStringAsync("/_daybreak/status", TestContext.Current.CancellationToken));
        Assert.Equal(Environment.ProcessId, status.RootElement.GetProperty("pid").GetInt32());
        Assert.Equal("444455556666", status.RootElement.GetProperty("accountId").GetString());
        Assert.True(status.RootElement.GetProperty("services").TryGetProperty("lambda", out _));
    }

    [Theory]
    [InlineData("Origin", "http://127.0.0.1:4566")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "rebound.example.com")]
    [InlineData("Host", "127.0.0.1.example.com")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task Web_pages_cannot_reset_through_a_browser(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_daybreak/reset") { Headers = { { header, value } } };
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("explain?principal=arn:aws:iam::444455556666:user/{0}&action=lambda:InvokeFunction&resource=*")]
    [InlineData("explain?principal=arn:aws:iam::444455556666:root&action={0}&resource={0}")]
    [InlineData("explain?principal=arn:aws:iam::444455556666:root&action=lambda:InvokeFunction&resource={0}&context={0}={0}")]
    [InlineData("explain/invocation?database={0}&function={0}&region={0}&dbname={0}&user={0}")]
    [InlineData("explain/instance?function={0}&dbname={0}&user={0}&connectTimeout={0}&requestTimeout=1")]
    [InlineData("network?account={0}&region={0}&interface={0}&host={0}&port={0}")]
    public async Task What_is_asked_for_is_quoted_in_JSON_that_can_be_read(string path)
    {
        const string Odd = "a%00%01%1b%0d%0a%22%5c%3c%ff%ed%a0%80%ef%bf%bf%c3%a9";
        var asked = $"/_daybreak/{path.Replace("{0}", Odd, StringComparison.Ordinal)}";
        using var answer = await _http.GetAsync(new Uri(asked, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.InRange((int)answer.StatusCode, 200, 499);
        using var read = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(JsonValueKind.Object, read.RootElement.ValueKind);
    }
}
