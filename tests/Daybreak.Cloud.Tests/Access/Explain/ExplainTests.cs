using System.Text.Json;

namespace Daybreak.Cloud.Tests.Access.Explain;

/// <summary>The commands that explain prints are typed into a shell, and then the real call passes.</summary>
[Trait("Pace", "slow")]
public sealed class ExplainTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Resource = "arn:aws:iam::444455556666:user/target";

    [Theory]
    [InlineData("nothing")]
    [InlineData("named")]
    [InlineData("denied")]
    [InlineData("only-denied")]
    [InlineData("group")]
    [InlineData("managed")]
    [InlineData("bounded")]
    [InlineData("aws-bounded")]
    public async Task What_it_proposes_fixes_the_denial(string name)
    {
        await Boto.RunAsync(cloud.Endpoint, "access/explain/make_user.py", name);
        var principal = $"arn:aws:iam::444455556666:user/{name}";
        var denied = await ExplainAsync(principal, "iam:getuser", Resource);
        Assert.NotEqual("allowed", denied.GetProperty("decision").GetString());
        Assert.Contains(
            $"User: {principal} is not authorized to perform: iam:GetUser on resource: {Resource}",
            denied.GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );

        await TypeAsync(
            denied
                .GetProperty("toAllow")
                .EnumerateArray()
                .SelectMany(step => step.GetProperty("commands").EnumerateArray())
                .Select(command => command.GetString()!)
        );

        var allowed = await ExplainAsync(principal, "iam:GetUser", Resource);
        Assert.Equal("allowed", allowed.GetProperty("decision").GetString());
        Assert.NotEmpty(allowed.GetProperty("statements").EnumerateArray());
        await Boto.RunAsync(cloud.Endpoint, "access/explain/get_user_as.py", name);
    }

    [Theory]
    [InlineData("principal=alice&action=iam:GetUser&resource=*", 400)]
    [InlineData("principal=arn:aws:iam::444455556666:user/none&action=iam:GetUser&resource=*", 404)]
    [InlineData("principal=rds.amazonaws.com&action=GetUser&resource=*", 400)]
    [InlineData("principal=rds.amazonaws.com&action=iam:GetUser&resource=nowhere", 400)]
    [InlineData("principal=rds.amazonaws.com&action=iam:GetUser", 400)]
    [InlineData("principal=rds.amazonaws.com&action=iam:GetUser&resource=*&context=x", 400)]
    public async Task Question_that_makes_no_sense_is_refused(string query, int status)
    {
        using var answer = await cloud.Http.GetAsync(
            new Uri(cloud.Endpoint, $"/_daybreak/explain?{query}"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(
            "\"message\":",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Pages_in_a_browser_are_told_nothing()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(cloud.Endpoint, "/_daybreak/explain?principal=rds.amazonaws.com&action=iam:GetUser&resource=*")
        );
        request.Headers.Add("Origin", "https://example.com");
        using var answer = await cloud.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Context_decides_about_trust()
    {
        await Boto.RunAsync(cloud.Endpoint, "access/explain/make_role_that_trusts_with_a_condition.py");
        const string Role = "arn:aws:iam::444455556666:role/r";
        Assert.Equal("implicitDeny", (await ExplainAsync("rds.amazonaws.com", "sts:AssumeRole", Role)).GetProperty("decision").GetString());
        Assert.Equal(
            "allowed",
            (await ExplainAsync("rds.amazonaws.com", "sts:AssumeRole", Role, "&context=aws:SourceAccount=444455556666"))
                .GetProperty("decision")
                .GetString()
        );
    }

    private async Task<JsonElement> ExplainAsync(string principal, string action, string resource, string more = "")
    {
        using var document = JsonDocument.Parse(
            await cloud.Http.GetStringAsync(
                new Uri(cloud.Endpoint, $"/_daybreak/explain?principal={principal}&action={action}&resource={resource}{more}"),
                TestContext.Current.CancellationToken
            )
        );
        return document.RootElement.Clone();
    }

    private async Task TypeAsync(IEnumerable<string> commands)
    {
        var script =
            $"set -e\naws() {{ command '{await WarmPython.FindAsync("aws")}' --endpoint-url {cloud.Endpoint.ToString().TrimEnd('/')} \"$@\"; "
            + $"}}\n{string.Join('\n', commands)}";
        (await AwsClient.RunAsync("/bin/bash", cloud.Endpoint, "test", "-c", script)).Ok();
    }
}
