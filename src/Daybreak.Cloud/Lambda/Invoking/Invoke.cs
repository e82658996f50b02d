using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"/></summary>
public sealed record InvokeRequest : INamesFunction
{
    public const string RequestResponse = "RequestResponse",
        Event = "Event",
        DryRun = "DryRun";

    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }

    [Location(MemberLocation.Header, "X-Amz-Invocation-Type")]
    [Values(Event, RequestResponse, DryRun)]
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

    [Location(MemberLocation.Header, "X-Amz-Durable-Execution-Name")]
    [NotImplemented]
    public string? DurableExecutionName { get; init; }

    [Location(MemberLocation.Header, "X-Amzn-Trace-Id")]
    public string? TraceId { get; init; }

    [Location(MemberLocation.Payload)]
    public required ReadOnlyMemory<byte> Payload { get; init; }
}

public sealed record InvokeResponse
{
    [Location(MemberLocation.StatusCode)]
    public required int StatusCode { get; init; }

    [Location(MemberLocation.Header, "X-Amz-Function-Error")]
    public string? FunctionError { get; init; }

    /// <summary>The last 4 KB of the log in Base64.</summary>
    [Location(MemberLocation.Header, "X-Amz-Log-Result")]
    public string? LogResult { get; init; }

    [Location(MemberLocation.Header, "X-Amz-Executed-Version")]
    public string? ExecutedVersion { get; init; }

    [Location(MemberLocation.Header, "x-amzn-Remapped-Content-Length")]
    public string? RemappedContentLength { get; init; }

    [Location(MemberLocation.Header, "X-Amzn-Trace-Id")]
    public string? TraceId { get; init; }

    [Location(MemberLocation.Payload)]
    public ReadOnlyMemory<byte> Payload { get; init; }
}
