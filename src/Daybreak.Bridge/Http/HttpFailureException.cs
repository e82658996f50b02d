namespace Daybreak.Bridge.Http;

/// <summary>What a failed exchange means for the caller.</summary>
public enum HttpFailure
{
    /// <summary>No connection; nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection was closed before a byte of the request was sent: another one may be tried.</summary>
    NotSent,

    /// <summary>Bytes were sent; whether the request was carried out is unknown. It is never sent again.</summary>
    Broken,

    /// <summary>The reply is over a limit.</summary>
    TooLarge,
}

/// <param name="failure">What it means.</param>
/// <param name="reason">What happened, in words, without the payload of either side.</param>
/// <param name="cause">The system's error.</param>
public sealed class HttpFailureException(HttpFailure failure, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public HttpFailure Failure { get; } = failure;
}
