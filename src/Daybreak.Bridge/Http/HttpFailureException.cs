namespace Daybreak.Bridge.Http;

/// <summary>What a failed exchange means for the one who asked for it.</summary>
public enum HttpFailure
{
    /// <summary>No connection; nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection was dead before a byte of the request left: another one may be tried.</summary>
    NotSent,

    /// <summary>Bytes were sent; whether the request was carried out is not known. Never sent again.</summary>
    Broken,

    /// <summary>The reply is over a limit.</summary>
    TooLarge,
}

/// <param name="failure">What it means.</param>
/// <param name="reason">For people: what happened, without the payload of either side.</param>
/// <param name="cause">What the system reported.</param>
public sealed class HttpFailureException(HttpFailure failure, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public HttpFailure Failure { get; } = failure;
}
