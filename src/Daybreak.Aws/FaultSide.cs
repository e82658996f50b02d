namespace Daybreak.Aws;

/// <summary>Whose fault an AWS error is, in the words of the query protocol's <c>Type</c>.</summary>
public enum FaultSide
{
    /// <summary>The caller's; repeating the request will not help.</summary>
    Sender,

    /// <summary>The service's.</summary>
    Receiver,
}
