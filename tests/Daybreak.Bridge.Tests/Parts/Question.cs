using System.Text;
using System.Text.Json;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>An Explain as a backend would send it; null fields are SQL NULL.</summary>
public sealed record Question
{
    public string? FunctionName { get; init; } = "my-function";
    public string? Region { get; init; } = "us-west-2";
    public InvokeForm Form { get; init; } = InvokeForm.Text;
    public uint ConnectTimeoutMs { get; init; } = 1_000;
    public uint RequestTimeoutMs { get; init; } = 3_000;
    public string? Endpoint { get; init; }
    public string? IamRole { get; init; }

    public byte[] ToFrame()
    {
        var to = new ByteBuffer();
        var start = FrameWriter.Begin(to, FrameType.Explain);
        to.WriteUInt32(7);
        Text(ExplainTag.FunctionName, FunctionName);
        Text(ExplainTag.Region, Region);
        FrameWriter.Field(to, (byte)ExplainTag.Form, [(byte)Form]);
        FrameWriter.NumberField(to, (byte)ExplainTag.ConnectTimeoutMs, ConnectTimeoutMs);
        FrameWriter.NumberField(to, (byte)ExplainTag.RequestTimeoutMs, RequestTimeoutMs);
        Text(ExplainTag.EndpointOverride, Endpoint);
        Text(ExplainTag.Database, "postgres");
        Text(ExplainTag.User, "app");
        Text(ExplainTag.IamRole, IamRole);
        Text(ExplainTag.SessionName, IamRole is null ? null : "app");
        FrameWriter.End(to, start);
        return to.Written.ToArray();

        void Text(ExplainTag tag, string? value)
        {
            if (value is not null)
                FrameWriter.Field(to, (byte)tag, Encoding.UTF8.GetBytes(value));
        }
    }
}

/// <summary>The stages that a bridge answered.</summary>
public sealed record Explained(JsonElement Json)
{
    public bool Works => Json.GetProperty("works").GetBoolean();

    public JsonElement this[string stage] =>
        Json.GetProperty("stages").EnumerateArray().Single(one => one.GetProperty("stage").GetString() == stage);

    public string StateOf(string stage) => this[stage].GetProperty("state").GetString()!;

    public string StatesOf(params string[] stages) => string.Join(' ', stages.Select(StateOf));

    public string TextOf(string stage) => this[stage].GetProperty("text").GetString()!;

    /// <summary>Sentence and commands of what fixes a stage.</summary>
    public (string What, string[] Commands) FixOf(string stage)
    {
        var step = Assert.Single(this[stage].GetProperty("toMend").EnumerateArray());
        return (
            step.GetProperty("what").GetString()!,
            [.. step.GetProperty("commands").EnumerateArray().Select(static one => one.GetString()!)]
        );
    }

    /// <summary>All in order, as <c>name:state</c>.</summary>
    public string States =>
        string.Join(
            ' ',
            Json.GetProperty("stages")
                .EnumerateArray()
                .Select(static one => $"{one.GetProperty("stage").GetString()}:{one.GetProperty("state").GetString()}")
        );

    public string? FirstFailed =>
        Json.GetProperty("stages")
            .EnumerateArray()
            .Where(static one => one.GetProperty("state").GetString() == "failed")
            .Select(static one => one.GetProperty("stage").GetString())
            .FirstOrDefault();

    public static async Task<Explained> AskAsync(Bridge bridge, Question question)
    {
        using var client = await BackendClient.ConnectAsync(bridge.SocketPath);
        await client.SendAsync(question.ToFrame());
        var answer = await client.ReadAsync();
        Assert.True(answer.Type == FrameType.Explanation, $"{answer.Type} {(answer.Type == FrameType.Error ? answer.Detail : "")}");
        Assert.Equal(7u, answer.RequestId);
        var text = Encoding.UTF8.GetString(answer.Field((byte)ExplanationTag.Json)!);
        Assert.DoesNotContain("very-secret", text, StringComparison.Ordinal);
        Assert.All(text, static c => Assert.InRange(c, ' ', '~'));
        return new(JsonDocument.Parse(text).RootElement);
    }
}
