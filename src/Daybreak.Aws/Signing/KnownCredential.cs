namespace Daybreak.Aws.Signing;

/// <summary>A credential with which a request was once signed rightly.</summary>
internal sealed class KnownCredential(CredentialScope scope, string secretAccessKey, SigningKey key)
{
    public CredentialScope Scope { get; } = scope;

    public string SecretAccessKey { get; } = secretAccessKey;

    public SigningKey Key { get; } = key;
}
