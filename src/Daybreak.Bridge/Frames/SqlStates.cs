namespace Daybreak.Bridge.Frames;

/// <summary>The SQLSTATEs of class LM that the bridge raises; docs/errors.md says of each what happened to the call.</summary>
public static class SqlStates
{
    /// <summary>The API answered an error without an SQLSTATE of its own.</summary>
    public const string ApiError = "LM000";

    /// <summary>No connection to the endpoint.</summary>
    public const string UnableToConnect = "LM001";

    /// <summary>No answer in time; the function may have run.</summary>
    public const string TimedOut = "LM002";

    /// <summary>A policy does not allow the call.</summary>
    public const string AccessDenied = "LM003";

    /// <summary>Too many requests.</summary>
    public const string Throttled = "LM004";

    /// <summary>No such function, version or alias.</summary>
    public const string NotFound = "LM005";

    /// <summary>An argument is wrong.</summary>
    public const string WrongArgument = "LM006";

    /// <summary>Payload, client context or reply is over its limit.</summary>
    public const string TooLarge = "LM007";

    /// <summary>There are no credentials, or the service does not accept them.</summary>
    public const string NoCredentials = "LM008";

    /// <summary>Nothing names a Region.</summary>
    public const string NoRegion = "LM009";

    /// <summary>The service failed, or its answer was malformed.</summary>
    public const string ServiceFailed = "LM010";

    /// <summary>The function is not ready, or one of its resources conflicts.</summary>
    public const string NotReady = "LM011";

    /// <summary>The endpoint did not answer calls before this one, and is not asked now. LM012 is the shim's.</summary>
    public const string EndpointSilent = "LM013";

    /// <summary>The function raised an error, exited or timed out.</summary>
    public const string FunctionError = "LM100";

    /// <summary>A frame is malformed, too large or out of order.</summary>
    public const string Protocol = "LM900";

    /// <summary>No protocol version in common.</summary>
    public const string Version = "LM901";

    /// <summary>The bridge serves another operating-system user.</summary>
    public const string BridgeUnavailable = "LM902";

    /// <summary>An unexpected error inside the bridge.</summary>
    public const string Internal = "LM905";
}
