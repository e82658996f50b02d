using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>What an operation knows of its request beyond its own members.</summary>
/// <param name="AccountId">The account whose resources are meant.</param>
/// <param name="Region">The region whose resources are meant, from the signature's scope.</param>
/// <param name="RequestId">Value of <c>x-amzn-RequestId</c>.</param>
/// <param name="Endpoint">Where the client reached us, for URLs in answers: <c>http://127.0.0.1:4566</c>.</param>
/// <param name="Aborted">Cancelled when the client goes away or the host ends.</param>
public sealed record OperationContext(
    string AccountId,
    string Region,
    Caller Caller,
    string RequestId,
    string Endpoint,
    CancellationToken Aborted
)
{
    /// <summary>Context keys that follow from the HTTP request: <c>aws:SourceIp</c> and the like.</summary>
    public IContextKeys Circumstances { get; init; } = ContextKeys.None;

    /// <summary>The way through a VPC; null for requests from this machine.</summary>
    public NetworkRoute? Route { get; init; }
}
