using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html"/></summary>
public sealed record InvokeWithResponseStreamRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }

    [Location(MemberLocation.Header, "X-Amz-Invocation-Type")]
    [Values(InvokeRequest.RequestResponse, InvokeRequest.DryRun)]
    public string? InvocationType { get; init; }

    [Location(MemberLocation.Header, "X-Amz-Log-Type")]
    [Values("None", "Tail")]
    public string? LogType { get; init; }

    /// <summary>JSON in Base64.</summary>
    [Location(MemberLocation.Header, "X-Amz-Client-Context")]
    [Length(0, 3583)]
    public string? ClientContext { get; init; }

    [Location(MemberLocation.Header, "X-Amz-Tenant-Id")]
    [NotImplemented]
    public string? TenantId { get; init; }

    [Location(MemberLocation.Header, "X-Amzn-Trace-Id")]
    public string? TraceId { get; init; }

    [Location(MemberLocation.Payload)]
    public required ReadOnlyMemory<byte> Payload { get; init; }
}

public sealed record InvokeWithResponseStreamResponse
{
    [Location(MemberLocation.StatusCode)]
    public required int StatusCode { get; init; }

    [Location(MemberLocation.Header, "X-Amz-Executed-Version")]
    public string? ExecutedVersion { get; init; }

    [Location(MemberLocation.Header, "X-Amzn-Trace-Id")]
    public string? TraceId { get; init; }

    /// <summary>The events PayloadChunk and, at the end, InvokeComplete.</summary>
    [Location(MemberLocation.Payload)]
    public StreamedPayload? EventStream { get; init; }
}
