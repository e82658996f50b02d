using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.SecretsManager.Policies;
using Daybreak.Cloud.SecretsManager.Secrets;
using Daybreak.Cloud.SecretsManager.Values;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.SecretsManager;

/// <summary>AWS Secrets Manager.</summary>
public sealed class SecretsManagerService : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private readonly ITimer _sweep;

    public SecretsManagerService(StateStore store, IPrincipalIds principals, TimeProvider time)
    {
        var secrets = new SecretStore(store, time);
        var values = new SecretValues(secrets, time);
        var policies = new SecretPolicies(secrets, principals);
        _sweep = time.CreateTimer(_ => _ = secrets.SweepAsync(), null, SweepEvery, SweepEvery);
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
                ]
            ),
        };
    }

    public AwsService Description { get; }

    public void Dispose() => _sweep.Dispose();
}
