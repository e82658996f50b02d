using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Facts about a request that are not among its own members.</summary>
/// <param name="AccountId">The account of the requested resources.</param>
/// <param name="Region">The Region of the requested resources, from the signature's scope.</param>
/// <param name="RequestId">Value of <c>x-amzn-RequestId</c>.</param>
/// <param name="Endpoint">The address that the client used, for URLs in answers: <c>http://127.0.0.1:4566</c>.</param>
/// <param name="Aborted">Cancelled when the client disconnects or the host ends.</param>
public sealed record OperationContext(
    string AccountId,
    string Region,
    Caller Caller,
    string RequestId,
    string Endpoint,
    CancellationToken Aborted
)
{
    /// <summary>Context keys of the HTTP request: <c>aws:SourceIp</c> and the like.</summary>
    public IContextKeys Circumstances { get; init; } = ContextKeys.None;

    /// <summary>The route through a VPC; null for requests from this machine.</summary>
    public NetworkRoute? Route { get; init; }
}
