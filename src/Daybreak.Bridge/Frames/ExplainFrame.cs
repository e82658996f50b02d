using System.Buffers.Binary;
using System.Text;
using Daybreak.Aws;

namespace Daybreak.Bridge.Frames;

/// <summary>A copy of the body of an <c>Explain</c>: the call to explain, and its caller. Null is SQL NULL.</summary>
public sealed record ExplainFrame(uint RequestId, InvokeForm Form, int ConnectTimeoutMs, int RequestTimeoutMs)
{
    private const int RequestIdBytes = 4;

    public string? FunctionName { get; init; }
    public string? Region { get; init; }
    public string? EndpointOverride { get; init; }
    public string? DefaultRegion { get; init; }

    /// <summary>The session's database.</summary>
    public string? Database { get; init; }

    /// <summary>The user who would invoke; the shim only asks for users who may.</summary>
    public string? User { get; init; }

    /// <summary>The IAM role that the call would be made with; null: that of the server.</summary>
    public string? IamRole { get; init; }

    public string? ExternalId { get; init; }
    public string? SessionName { get; init; }

    /// <summary>Returns null, and what the client did wrong, when the body does not parse.</summary>
    public static ExplainFrame? TryParse(ReadOnlySpan<byte> body, out uint requestId, out string wrong)
    {
        requestId = 0;
        if (body.Length < RequestIdBytes)
            return Refuse("Explain without a request id", out wrong);
        requestId = BinaryPrimitives.ReadUInt32BigEndian(body);
        var values = new Dictionary<ExplainTag, byte[]>();
        var fields = body[RequestIdBytes..];
        var reader = new FieldReader(fields);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out var tag, out var offset, out var length))
                return Refuse("field cut short", out wrong);
            if (!Enum.IsDefined((ExplainTag)tag))
                return Refuse($"unknown field {tag} in Explain", out wrong);
            if (!values.TryAdd((ExplainTag)tag, fields.Slice(offset, length).ToArray()))
                return Refuse($"field {tag} given twice in Explain", out wrong);
        }
        if (values.GetValueOrDefault(ExplainTag.Form) is not [var form] || form > (byte)InvokeForm.Composite)
            return Refuse("Explain without a valid form", out wrong);
        if (
            TimeoutOf(values, ExplainTag.ConnectTimeoutMs) is not { } connect
            || TimeoutOf(values, ExplainTag.RequestTimeoutMs) is not { } request
        )
            return Refuse("Explain without valid time-outs", out wrong);
        wrong = "";
        return new ExplainFrame(requestId, (InvokeForm)form, connect, request)
        {
            FunctionName = Text(values, ExplainTag.FunctionName),
            Region = Text(values, ExplainTag.Region),
            EndpointOverride = Text(values, ExplainTag.EndpointOverride),
            DefaultRegion = Text(values, ExplainTag.DefaultRegion),
            Database = Text(values, ExplainTag.Database),
            User = Text(values, ExplainTag.User),
            IamRole = Text(values, ExplainTag.IamRole),
            ExternalId = Text(values, ExplainTag.ExternalId),
            SessionName = Text(values, ExplainTag.SessionName),
        };
    }

    private static int? TimeoutOf(Dictionary<ExplainTag, byte[]> values, ExplainTag tag) =>
        values.GetValueOrDefault(tag) is { Length: 4 } value
        && BinaryPrimitives.ReadUInt32BigEndian(value) is var number and >= 1 and <= LambdaTimeouts.MostMs
            ? (int)number
            : null;

    private static string? Text(Dictionary<ExplainTag, byte[]> values, ExplainTag tag) =>
        values.TryGetValue(tag, out var value) ? Encoding.UTF8.GetString(value) : null;

    private static ExplainFrame? Refuse(string why, out string wrong)
    {
        wrong = why;
        return null;
    }
}
