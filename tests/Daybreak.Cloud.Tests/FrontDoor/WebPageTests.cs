using System.Net;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.FrontDoor;

/// <summary>
/// Requests that a browser sends for a web page are refused even if signed; tests/Daybreak.EndToEnd uses a real browser.
/// </summary>
public sealed class WebPageTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string NotForPages = "Daybreak answers programs on this machine, not web pages.";

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Origin", "chrome-extension://abcdefghijklmnop")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "")]
    [InlineData("Sec-Fetch-Site", "none")] // of a POST: nobody types one
    public async Task A_web_page_creates_nothing(string header, string value)
    {
        var name = LambdaCloud.NewName();
        var answer = await cloud.SendAsync(
            HttpMethod.Post,
            LambdaCloud.Functions,
            LambdaCloud.CreateRequest(name).ToJsonString(),
            (header, value)
        );

        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied", NotForPages), (answer.Status, answer.Error, answer.Message));
        Assert.Equal(HttpStatusCode.NotFound, (await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/{name}")).Status);
    }

    [Fact]
    public async Task A_preflight_is_granted_nothing()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Options,
            LambdaCloud.Functions,
            null,
            ("Origin", "http://evil.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Private-Network", "true")
        );

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("rebound.example")]
    [InlineData("127.0.0.1.rebound.example:4566")]
    [InlineData("localhost.example:4566")]
    [InlineData("notlocalhost")]
    [InlineData("0.0.0.0:4566")]
    [InlineData("[::ffff:127.0.0.1]:4566")] // to which an image's GET shows neither Origin nor Sec-Fetch-Site
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("192.168.0.1")]
    [InlineData("lambda.us-east-1.amazonaws.com")]
    public async Task Under_a_name_that_is_not_ours_nobody_is_answered(string host)
    {
        // A page whose own name leads here sends a GET without Origin and Sec-Fetch-Site.
        var answer = await RawAsync(host, LambdaCloud.Functions);

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            $$"""{"message":"Daybreak answers to loopback addresses, localhost and *.localhost, not to the host '{{host}}', which a web page could make its own."}""",
            answer,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("127.0.0.1:4566")]
    [InlineData("127.45.67.89")]
    [InlineData("[::1]:4566")]
    [InlineData("LocalHost:4566")]
    [InlineData("lambda.localhost:4566")]
    [InlineData("bucket.s3.us-east-1.localhost:4566")]
    public async Task Programs_reach_it_under_every_name_of_this_machine(string host) =>
        Assert.StartsWith("HTTP/1.1 200 ", await RawAsync(host, LambdaCloud.Functions), StringComparison.Ordinal);

    [Fact]
    public async Task Who_types_an_address_may_read()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Get,
            LambdaCloud.Functions,
            null,
            ("Sec-Fetch-Site", "none"),
            ("Sec-Fetch-Mode", "navigate")
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task Who_is_led_to_an_address_changes_nothing()
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Get,
            "/?Action=CreateUser&UserName=by-link&Version=2010-05-08",
            null,
            ("Authorization", LambdaCloud.Signed(service: "iam").ToString()),
            ("Sec-Fetch-Site", "none"),
            ("Sec-Fetch-Mode", "navigate")
        );

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains(
            "<Code>AccessDenied</Code><Message>A browser cannot be redirected to an operation of this service, which may change "
                + "something.</Message>",
            answer.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Node_s_fetch_is_a_program() =>
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await cloud.SendAsync(HttpMethod.Get, LambdaCloud.Functions, null, ("Sec-Fetch-Mode", "cors"), ("Accept-Language", "*"))
            ).Status
        );

    [Theory]
    [InlineData("lambda.us-east-1.amazonaws.com", true)]
    [InlineData("vpce-1.lambda.cn-north-1.vpce.amazonaws.com.cn:443", true)]
    [InlineData("lambda.eu-west-1.api.aws", true)]
    [InlineData("amazonaws.com.evil.example", false)]
    [InlineData("evilamazonaws.com", false)]
    public void Names_of_AWS_s_are_known(string host, bool isOfAws) => Assert.Equal(isOfAws, OwnHost.IsOfAws(host));

    private async Task<string> RawAsync(string host, string path)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, cloud.Host.Endpoint.Port, TestContext.Current.CancellationToken);
        var request = $"GET {path} HTTP/1.1\r\nConnection: close\r\n{SigningHandler.HeaderLines("GET", path, host, [])}\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
