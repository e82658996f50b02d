using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.SecretsManager.Managed;
using Daybreak.Cloud.SecretsManager.Policies;
using Daybreak.Cloud.SecretsManager.Rotation;
using Daybreak.Cloud.SecretsManager.Secrets;
using Daybreak.Cloud.SecretsManager.Values;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.SecretsManager;

/// <summary>AWS Secrets Manager.</summary>
public sealed class SecretsManagerService : IAsyncDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly ITimer _sweep;
    private readonly Rotations _rotations;

    public SecretsManagerService(
        StateStore store,
        IPrincipalIds principals,
        ISecretKeys keys,
        IRotationFunctions functions,
        Action<Exception> failed,
        TimeProvider time
    )
    {
        var secrets = new SecretStore(store, keys, time);
        var values = new SecretValues(secrets, time);
        var policies = new SecretPolicies(secrets, principals);
        Managed = new ManagedSecrets(secrets, values, time);
        _rotations = new Rotations(secrets, functions, failed, time);
        _sweep = time.CreateTimer(_ => _ = LookAsync(secrets, failed), null, SweepEvery, SweepEvery);
        Description = new AwsService
        {
            Name = "secretsmanager",
            Version = "2017-10-17",
            Protocol = new Json11Protocol(),
            TargetPrefix = "secretsmanager",
            ErrorForm = static _ => new JsonErrorForm(WithType: false, "Message"),
            ResourcePolicyOf = policies.PolicyOf,
            Empty = secrets.EmptyAsync,
            Counts = () => new Dictionary<string, int> { ["secrets"] = secrets.Count },
            Operations = OperationNames.Complete(
                "SecretsManager",
                [
                    .. new SecretOperations(secrets, values, policies, time).Operations(),
                    .. new ValueOperations(secrets, values, policies, time).Operations(),
                    .. policies.Operations(),
                    .. new RotationOperations(secrets, values, policies, Managed, _rotations, functions, time).Operations(),
                ]
            ),
        };
    }

    public AwsService Description { get; }

    internal ManagedSecrets Managed { get; }

    /// <summary>Continues rotations that had not ended when the state was written.</summary>
    public void Resume() => _ = _rotations.LookAsync();

    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        await _rotations.StopAsync();
        _rotations.Dispose();
    }

    private async Task LookAsync(SecretStore secrets, Action<Exception> failed)
    {
        try
        {
            await secrets.SweepAsync();
            await Managed.RotateDueAsync();
            await _rotations.LookAsync();
        }
        catch (Exception error)
        {
            failed(error);
        }
    }
}
