namespace Daybreak.Aws.Signing;

/// <summary>A credential that has already signed a request correctly.</summary>
internal sealed class KnownCredential(CredentialScope scope, string secretAccessKey, SigningKey key)
{
    public CredentialScope Scope { get; } = scope;

    public string SecretAccessKey { get; } = secretAccessKey;

    public SigningKey Key { get; } = key;
}
