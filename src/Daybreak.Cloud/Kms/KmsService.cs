using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Kms.Aliases;
using Daybreak.Cloud.Kms.Cryptography;
using Daybreak.Cloud.Kms.Keys;
using Daybreak.Cloud.Kms.Policies;
using Daybreak.Cloud.Kms.Tags;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms;

/// <summary>AWS Key Management Service.</summary>
public sealed class KmsService : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly ITimer _sweep;

    public KmsService(StateStore store, IPrincipalIds principals, IPermissions permissions, Action<Exception> failed, TimeProvider time)
    {
        var keys = new KeyStore(store, time);
        var policies = new KeyPolicies(keys, principals, permissions);
        _sweep = time.CreateTimer(_ => _ = SweepAsync(keys, failed), null, SweepEvery, SweepEvery);
        Cryptography = new CryptoOperations(keys, policies);
        Description = new AwsService
        {
            Name = "kms",
            Version = "2014-11-01",
            Protocol = new Json11Protocol(),
            TargetPrefix = "TrentService",
            ResourcePolicyOf = policies.PolicyOf,
            Empty = keys.EmptyAsync,
            Counts = () => new Dictionary<string, int> { ["keys"] = keys.Count },
            Operations = OperationNames.Complete(
                "Kms",
                [
                    .. new KeyOperations(keys, policies, time).Operations(),
                    .. new AliasOperations(keys, policies, time).Operations(),
                    .. Cryptography.Operations(),
                    .. policies.Operations(),
                    .. new RotationOperations(keys, policies, time).Operations(),
                    .. new TagOperations(keys, policies).Operations(),
                ]
            ),
        };
    }

    public AwsService Description { get; }

    /// <summary>What keys do, for other services here.</summary>
    internal CryptoOperations Cryptography { get; }

    public void Dispose() => _sweep.Dispose();

    private static async Task SweepAsync(KeyStore keys, Action<Exception> failed)
    {
        try
        {
            await keys.SweepAsync();
        }
        catch (Exception error)
        {
            failed(error);
        }
    }
}
