namespace Daybreak.Aws.Signing;

/// <summary>
/// What a request says of its own signature: complete and well-formed, but nothing of it proven. Made by
/// <see cref="SigV4Verifier.Parse"/>.
/// </summary>
public sealed class SigV4Authorization
{
    internal SigV4Authorization(CredentialScope credential) => Credential = credential;

    /// <summary>Whose secret to look up, and what the request was signed for.</summary>
    public CredentialScope Credential { get; }

    /// <summary>Time the request was signed.</summary>
    public DateTimeOffset Signed { get; internal init; }

    /// <summary>The token of temporary credentials; null when none was sent.</summary>
    public string? SessionToken { get; internal init; }

    /// <summary>Signed in the query string, not in the Authorization header.</summary>
    public bool IsPresigned { get; internal init; }

    /// <summary>False when the signer left the body out (<c>UNSIGNED-PAYLOAD</c>): its hash is then not looked at.</summary>
    public bool CoversBody => DeclaredPayloadHash != PayloadHash.Unsigned;

    /// <summary>The Credential as sent, before it was taken apart.</summary>
    internal ReadOnlyMemory<char> CredentialText { get; init; }

    internal ReadOnlyMemory<char> SignedHeaders { get; init; }

    internal ReadOnlyMemory<char> Signature { get; init; }

    /// <summary>Value of x-amz-content-sha256; null when it was not sent.</summary>
    internal string? DeclaredPayloadHash { get; init; }
}
