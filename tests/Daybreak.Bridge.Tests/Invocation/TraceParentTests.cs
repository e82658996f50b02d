using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>The trace of the caller, on its way to the function.</summary>
public sealed class TraceParentTests
{
    private const string Sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string OfSampled = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";

    [Theory]
    [InlineData(Sampled, OfSampled)]
    [InlineData(
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=0"
    )]
    [InlineData(
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0a",
        "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=0"
    )]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0b", OfSampled)]
    [InlineData("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", OfSampled)]
    [InlineData("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-then", OfSampled)]
    public async Task Traceparent_becomes_the_header_of_AWS_and_is_not_signed(string given, string header)
    {
        var request = await SentWithAsync(given);
        Assert.Equal(header, request.Header("X-Amzn-Trace-Id"));
        Assert.DoesNotContain("x-amzn-trace-id", request.Header("Authorization"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0")]
    [InlineData(Sampled + "-more-than-version-00-has")]
    [InlineData("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what-comes-then")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\r-01")]
    [InlineData("00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01")]
    public async Task What_is_no_traceparent_is_ignored(string? given) =>
        Assert.Null((await SentWithAsync(given)).Header("X-Amzn-Trace-Id"));

    [Fact]
    public async Task Call_after_one_with_a_trace_has_none()
    {
        var requests = new List<EndpointRequest>();
        await using var endpoint = Recording(requests);
        await using var bridge = new Parts.Bridge();
        using var client = await bridge.ConnectAsync();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url, TraceParent = Sampled })).ShouldBeResult();
        (await client.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeResult();
        Assert.Equal([OfSampled, null], requests.Select(request => request.Header("X-Amzn-Trace-Id")));
    }

    private static ScriptedEndpoint Recording(List<EndpointRequest> requests) =>
        new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                requests.Add(request);
                await peer.SendAsync(ScriptedEndpoint.Reply("1"));
            }
        });

    private static async Task<EndpointRequest> SentWithAsync(string? traceParent)
    {
        var requests = new List<EndpointRequest>();
        await using var endpoint = Recording(requests);
        await using var bridge = new Parts.Bridge();
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, TraceParent = traceParent })).ShouldBeResult();
        return Assert.Single(requests);
    }
}
