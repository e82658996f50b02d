namespace Daybreak.Bridge.Credentials;

/// <summary>Where credentials come from; asked again when those it gave are about to expire.</summary>
public interface ICredentialSource
{
    /// <exception cref="CredentialException">There are none to be had.</exception>
    Task<CredentialSnapshot> FetchAsync(CancellationToken cancel);
}

/// <summary>No credentials; the message says what was tried, never a key or a token.</summary>
public sealed class CredentialException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The server belongs to a database cluster, whose role gives none.</summary>
    public bool IsOfCluster { get; init; }
}
