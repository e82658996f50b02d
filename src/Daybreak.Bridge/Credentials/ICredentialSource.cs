namespace Daybreak.Bridge.Credentials;

/// <summary>Where credentials come from; asked again when those it gave are about to expire.</summary>
public interface ICredentialSource
{
    /// <exception cref="CredentialException">There are none to be had.</exception>
    Task<CredentialSnapshot> FetchAsync(CancellationToken cancel);

    /// <summary>
    /// How long an answer stands before a call that it does not help makes the source be asked again: calls come in thousands, and
    /// instance metadata and STS limit who asks. Zero: every call may ask.
    /// </summary>
    TimeSpan AnswerStands => TimeSpan.FromSeconds(2);
}

/// <summary>No credentials; the message says what was tried, never a key or a token.</summary>
public sealed class CredentialException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The server belongs to a database cluster, whose role gives none.</summary>
    public bool IsOfCluster { get; init; }
}
