using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daybreak.Explaining.Tests;

/// <summary>The golden file is read by tests of SQL and C as well (extension/daybreak/test/sql/golden.sql).</summary>
public sealed class ExplanationJsonTests
{
    private static readonly string Golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "explanation.json"));

    [Fact]
    public void Golden_explanation_is_read_as_it_is()
    {
        var explanation = Read(Golden);

        Assert.Equal(("orders", "my-function", false), (explanation.Database, explanation.Function, explanation.Works));
        Assert.Equal(
            [StageState.Ok, StageState.NotSeen, StageState.Failed, StageState.NotReached],
            explanation.Stages.Select(static stage => stage.State)
        );
        var failed = explanation.Stages[2];
        Assert.Equal(("network", "A rule of \"the network\" \\ drops the packets."), (failed.Name, failed.Text));
        Assert.Equal(["eni-0123456789abcdef0", "sg-0123456789abcdef0"], failed.Evidence);
        Assert.Equal([("name", true), ("securityGroupEgress", false)], failed.Hops.Select(static hop => (hop.Kind, hop.Passes)));
        Assert.Equal(["aws ec2 one --option 'a b'", "aws ec2 two"], failed.Fix[0].Commands);
        Assert.Null(failed.Fix[0].Document);
        Assert.Equal("2012-10-17", JsonNode.Parse(failed.Fix[1].Document!)!["Version"]!.GetValue<string>());
    }

    [Fact]
    public void What_is_written_is_the_golden_file_again() =>
        Assert.Equal(Indented(JsonNode.Parse(Golden)!), Indented(JsonNode.Parse(Written(Read(Golden)))!));

    [Fact]
    public void Explanation_works_while_nothing_that_was_seen_stops_the_call()
    {
        Assert.True(Of(Stage.Ok("a", "")).Works);
        Assert.True(Of(Stage.Ok("a", ""), Stage.NotSeen("b", "")).Works);
        Assert.False(Of(Stage.Ok("a", ""), Stage.NotReached("b", "")).Works);
        Assert.False(Of(Stage.Failed("a", "", Stage.FixOf("Do it."))).Works);

        static Explanation Of(params Stage[] stages) => new("", "", [.. stages]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"database":"d","stages":{}}""")]
    [InlineData("""{"database":"d","stages":[{}]}""")]
    [InlineData("""{"database":1,"stages":[]}""")]
    [InlineData("""{"database":"d","stages":[{"stage":"s","state":"odd","text":"t","evidence":[],"toMend":[]}]}""")]
    [InlineData("""{"database":"d","stages":[{"stage":"s","state":"ok","text":"t","evidence":[1],"toMend":[]}]}""")]
    public void Anything_else_is_no_explanation(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static Explanation Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ExplanationJson.Read(document.RootElement);
    }

    private static string Written(Explanation explanation)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            ExplanationJson.Write(json, explanation);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Indented(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
