using System.Net;
using System.Text.Json;

namespace Daybreak.Cloud.Tests.FrontDoor;

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
}
