namespace Daybreak.Bridge.Credentials;

/// <summary>A source of credentials, asked again when the previous ones are about to expire.</summary>
public interface ICredentialSource
{
    /// <exception cref="CredentialException">The source has none.</exception>
    Task<CredentialSnapshot> FetchAsync(CancellationToken cancel);

    /// <summary>
    /// How long an answer is valid before a call that cannot use it makes the bridge ask the source again: there may be thousands of calls,
    /// and instance metadata and STS limit requests. Zero: every call may ask.
    /// </summary>
    TimeSpan AnswerStands => TimeSpan.FromSeconds(2);
}

/// <summary>There are no credentials. The message says what was tried, never a key or a token.</summary>
public sealed class CredentialException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The server belongs to a database cluster whose role provides none.</summary>
    public bool IsOfCluster { get; init; }

    /// <summary>The server has credentials, but may not assume the role with them.</summary>
    public bool IsOfAssumedRole { get; init; }

    /// <summary>Where was looked, and what to do next; null when the source does not know.</summary>
    public string? Hint { get; init; }
}
