namespace Daybreak.Aws;

/// <summary>Which side caused an AWS error, in the terms of the query protocol's <c>Type</c>.</summary>
public enum FaultSide
{
    /// <summary>The caller caused it; repeating the request will not help.</summary>
    Sender,

    /// <summary>The service caused it.</summary>
    Receiver,
}
