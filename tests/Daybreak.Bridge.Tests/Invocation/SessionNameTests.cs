using Daybreak.Aws;
using Daybreak.Bridge.Invocation;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>A local AWS is told which session calls; nobody else is.</summary>
public sealed class SessionNameTests
{
    [Theory]
    [InlineData("postgres/app/42", " session/postgres/app/42")]
    [InlineData("postgres/app/42", " session/postgres/app/42/orders%20api%2F2", "orders api/2")]
    [InlineData("postgres/app/42", " session/postgres/app/42", "")]
    [InlineData("a b/c/d\r\nX-Evil: 1/7", " session/a%20b/c%2Fd%0D%0AX-Evil%3A%201/7")]
    [InlineData("%2F/?/1", " session/%252F/%3F/1")]
    [InlineData("no session", "")]
    [InlineData("one/slash", "")]
    [InlineData(null, "")]
    public async Task The_session_follows_the_name_of_the_bridge(string? context, string shown, string? application = null)
    {
        EndpointRequest? request = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            request = await peer.ReadRequestAsync();
            await peer.SendAsync(ScriptedEndpoint.Reply("{}"));
        });
        await using var bridge = new Parts.Bridge();
        (
            await bridge.InvokeAsync(
                new Call
                {
                    Endpoint = endpoint.Url,
                    LogContext = context,
                    ApplicationName = application,
                }
            )
        ).ShouldBeResult();
        Assert.Matches(
            $@"^daybreak-bridge/\d+\.\d+\.\d+{System.Text.RegularExpressions.Regex.Escape(shown)}$",
            request!.Header("User-Agent")
        );
        Assert.Null(request.Header("X-Evil"));
        Assert.DoesNotContain("user-agent", request.Header("Authorization"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:4566", true)]
    [InlineData("http://localhost:4566", true)]
    [InlineData("http://[::1]:4566", true)]
    [InlineData("https://127.0.0.1:4566", false)]
    [InlineData("http://10.0.0.1:4566", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData(null, false)]
    public void Only_plain_HTTP_on_this_machine_can_be_a_local_AWS(string? url, bool isLocal)
    {
        var at = EndpointChoice.Choose("lambda", url, null, AwsRegion.Parse("eu-west-1"));
        var target = new InvokeTarget(FunctionName.Parse("f"), null, AwsRegion.Parse("eu-west-1"), at, default, default);
        Assert.Equal(isLocal, target.IsLocal);
    }
}
