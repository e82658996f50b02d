using System.Collections.Immutable;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.SecretsManager.Rotation;
using Daybreak.Cloud.SecretsManager.Secrets;
using Daybreak.Cloud.SecretsManager.Values;

namespace Daybreak.Cloud.SecretsManager.Managed;

/// <summary>Secrets that another service owns: it makes them, changes their values and deletes them. Users read them, and have their values
/// changed.</summary>
internal sealed class ManagedSecrets(SecretStore secrets, SecretValues values, TimeProvider time)
{
    private static readonly SecretRotation EverySevenDays = new(7, null);

    /// <summary>Has the owner of a secret change its value to a new one with this version id.</summary>
    public Func<string, string, ValueTask> Rotate { get; set; } = static (_, _) => ValueTask.CompletedTask;

    public async ValueTask<SecretResponse> RotateAsync(RotateSecretRequest request, string version, OperationContext context)
    {
        if (request.RotationLambdaARN is { Length: > 0 })
            throw SecretsErrors.OwnedByService();
        var secret = await secrets.ChangeAsync(
            request,
            context,
            found =>
            {
                var changed = request.RotationRules is { } rules
                    ? found with
                    {
                        Rotation = RotationOperations.Planned(found, rules).After(found.Rotation?.Last ?? found.CreatedDate),
                    }
                    : found;
                return (changed, changed);
            }
        );
        // A request that is sent again changes the value once.
        if (request.RotateImmediately != false && secret.Version(version) is null)
            await Rotate(secret.Arn, version);
        return SecretOperations.Answer(secret, version);
    }

    /// <summary>Has every secret changed whose time has come.</summary>
    public async Task RotateDueAsync()
    {
        foreach (var secret in secrets.All.Where(IsDue).ToList())
            await Rotate(secret.Arn, Guid.NewGuid().ToString());
    }

    /// <returns>The ARN of the new secret.</returns>
    public async ValueTask<string> CreateAsync(
        string accountId,
        string region,
        string name,
        string service,
        string description,
        IEnumerable<KeyValuePair<string, string>> tags,
        string value
    )
    {
        var now = time.GetUtcNow();
        var secret = new Secret(accountId, region, name, SecretStore.NewSuffix(), now)
        {
            Description = description,
            OwningService = service,
            Tags = tags.Append(KeyValuePair.Create("aws:secretsmanager:owningService", service))
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            Rotation = EverySevenDays.After(now),
        };
        secret = values.With(secret, Guid.NewGuid().ToString(), ValueOf(value), null, null);
        await secrets.ChangeAsync<bool>(secret.Key, _ => (secret, true));
        return secret.Arn;
    }

    /// <summary>Adds a value that is not the current one yet.</summary>
    public ValueTask<bool> AddPendingAsync(string arn, string version, string value) =>
        ChangeAsync(arn, secret => values.With(secret, version, ValueOf(value), [SecretValues.Pending], null));

    /// <summary>Makes a value the current one.</summary>
    public ValueTask<bool> PromoteAsync(string arn, string version) =>
        ChangeAsync(
            arn,
            secret =>
            {
                var now = time.GetUtcNow();
                var rotation = secret.Rotation ?? EverySevenDays;
                return SecretValues.Move(secret, SecretValues.Current, version) with
                {
                    LastChangedDate = now,
                    Rotation = rotation.After(now) with { Last = now },
                };
            }
        );

    public ValueTask<bool> RemoveAsync(string arn) => ChangeAsync(arn, static _ => null);

    private async ValueTask<bool> ChangeAsync(string arn, Func<Secret, Secret?> change) =>
        secrets.WithArn(arn) is { } named
        && await secrets.ChangeAsync<bool>(named.Key, found => found is null ? (null, false) : (change(found), true));

    private bool IsDue(Secret secret) => secret is { OwningService: not null, Rotation: { } rotation } && rotation.Next <= time.GetUtcNow();

    private static SecretValue ValueOf(string text) => new(Encoding.UTF8.GetBytes(text), IsBinary: false);
}
