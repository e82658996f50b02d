using System.Collections.Concurrent;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Bridge.Credentials;

/// <summary>Credentials at one moment, with the signers made from them.</summary>
/// <param name="Credentials">The key.</param>
/// <param name="AccountId">The account it belongs to, if the source reports it.</param>
/// <param name="Source">The provider's name, for status and log.</param>
/// <param name="RecheckAfter">When to ask a source again that reports no expiry, since a file may change; null: never.</param>
public sealed record CredentialSnapshot(AwsCredentials Credentials, string? AccountId, string Source, TimeSpan? RecheckAfter = null)
{
    private readonly ConcurrentDictionary<string, SigV4Signer> _signers = new();

    public DateTimeOffset? Expiration => Credentials.Expiration;

    public SigV4Signer SignerFor(AwsRegion region) => _signers.TryGetValue(region.Code, out var known) ? known : AddSigner(region.Code);

    /// <summary>Whether a service that refuses one of them refuses the other.</summary>
    public bool HasKeyOf(CredentialSnapshot other) =>
        Credentials with { Expiration = null } == other.Credentials with { Expiration = null };

    // The text generated for a record would contain the key.
    public override string ToString() => $"credentials from {Source}";

    private SigV4Signer AddSigner(string region)
    {
        // Callers choose Regions; a thousand made-up ones must not accumulate.
        if (_signers.Count >= 256)
            _signers.Clear();
        return _signers.GetOrAdd(region, static (code, credentials) => new SigV4Signer(credentials, code, "lambda"), Credentials);
    }
}
