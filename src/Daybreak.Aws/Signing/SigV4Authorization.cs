namespace Daybreak.Aws.Signing;

/// <summary>
/// A request's statement about its own signature: complete and well-formed, but not verified. <see cref="SigV4Verifier.Parse"/> makes it.
/// </summary>
public sealed class SigV4Authorization
{
    internal SigV4Authorization(CredentialScope credential) => Credential = credential;

    /// <summary>The access key, and the scope of the signature.</summary>
    public CredentialScope Credential { get; }

    /// <summary>The time of signing.</summary>
    public DateTimeOffset Signed { get; internal init; }

    /// <summary>The token of temporary credentials; null when none was sent.</summary>
    public string? SessionToken { get; internal init; }

    /// <summary>Whether the signature is in the query string, not in the Authorization header.</summary>
    public bool IsPresigned { get; internal init; }

    /// <summary>False when the signer excluded the body (<c>UNSIGNED-PAYLOAD</c>); its hash is then not checked.</summary>
    public bool CoversBody => DeclaredPayloadHash != PayloadHash.Unsigned;

    /// <summary>The Credential exactly as sent.</summary>
    internal ReadOnlyMemory<char> CredentialText { get; init; }

    internal ReadOnlyMemory<char> SignedHeaders { get; init; }

    /// <summary>64 hex digits, if it is one.</summary>
    public ReadOnlyMemory<char> Signature { get; internal init; }

    /// <summary>Value of x-amz-content-sha256; null when it was not sent.</summary>
    public string? DeclaredPayloadHash { get; internal init; }
}
