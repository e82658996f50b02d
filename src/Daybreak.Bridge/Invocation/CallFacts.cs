namespace Daybreak.Bridge.Invocation;

/// <summary>What telemetry gives to a call and learns from it. There is one per backend connection, used again by each call.</summary>
public sealed class CallFacts
{
    /// <summary>The traceparent that goes out in place of the caller's; empty: the caller's own.</summary>
    public ReadOnlyMemory<byte> TraceParent { get; set; }

    /// <summary>Null until the arguments are understood.</summary>
    public InvokeTarget? Target { get; set; }

    /// <summary>Status of the last reply of the API; 0: there was none.</summary>
    public int HttpStatus { get; set; }

    /// <summary>Whether somebody reads <see cref="RequestId"/>, which is a string to allocate.</summary>
    public bool WantsRequestId { get; set; }

    /// <summary>AWS's id of the request.</summary>
    public string? RequestId { get; set; }

    public void Clear() => (TraceParent, Target, HttpStatus, WantsRequestId, RequestId) = (default, null, 0, false, null);
}
