using System.Globalization;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.SecretsManager.Managed;
using Daybreak.Cloud.SecretsManager.Policies;
using Daybreak.Cloud.SecretsManager.Secrets;
using Daybreak.Cloud.SecretsManager.Values;

namespace Daybreak.Cloud.SecretsManager.Rotation;

/// <summary>Rotation of secrets: begun, planned and cancelled.</summary>
internal sealed class RotationOperations(
    SecretStore secrets,
    SecretValues values,
    SecretPolicies policies,
    ManagedSecrets managed,
    Rotations rotations,
    IRotationFunctions functions,
    TimeProvider time
)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            policies.Row<RotateSecretRequest, SecretResponse>("RotateSecret", RotateAsync, static (r, _) => KeysOf(r)),
            policies.Row<SecretRequest, SecretResponse>("CancelRotateSecret", CancelAsync),
        ];

    public async ValueTask<SecretResponse> RotateAsync(RotateSecretRequest request, OperationContext context)
    {
        var version = request.ClientRequestToken ?? throw SecretsErrors.InvalidParameter(SecretsErrors.NoToken);
        var rules = request.RotationRules;
        CheckRules(rules);
        var named = secrets.Usable(request.SecretId, context);
        if (named.OwningService is not null)
            return await managed.RotateAsync(request, version, context);
        var function = request.RotationLambdaARN is { Length: > 0 } given ? given : named.Rotation?.FunctionArn;
        functions.Check(function ?? throw SecretsErrors.NoRotationFunction(), named.Arn, context);
        var (secret, refusal) = await secrets.ChangeAsync(
            request,
            context,
            found =>
            {
                // A request that is sent again changes the value once.
                if (found.Version(version) is not null)
                    return (found, (found, (AwsException?)null));
                var planned = Planned(found, rules) with { FunctionArn = function, IsCancelled = null };
                if (Rotations.IsUnfinished(found))
                {
                    var again = found with
                    {
                        Rotation = planned with { Running = planned.Running ?? found.Staged(SecretValues.Pending)!.Id },
                    };
                    return (again, (again, SecretsErrors.RotationUnfinished()));
                }
                var changed = found with { Rotation = planned.After(time.GetUtcNow()) };
                changed = request.RotateImmediately == false ? Tested(changed, version, context) : rotations.Begun(changed, version);
                return (changed, (changed, null));
            }
        );
        if (secret.Rotation?.Running is not null)
            rotations.Run(secret);
        return refusal is null ? SecretOperations.Answer(secret, version) : throw refusal;
    }

    public ValueTask<SecretResponse> CancelAsync(SecretRequest request, OperationContext context) =>
        secrets.ChangeAsync(
            request,
            context,
            static secret =>
            {
                SecretStore.CheckUnowned(secret);
                var rotation = secret.Rotation ?? throw SecretsErrors.NoRotationFunction();
                var cancelled = secret with
                {
                    Rotation = rotation with { Next = null, Running = null, OnlyTests = null, IsCancelled = true },
                };
                return (cancelled, SecretOperations.Answer(cancelled, rotation.Running));
            }
        );

    /// <summary>The rotation of a secret with the rules of a request.</summary>
    public static SecretRotation Planned(Secret secret, RotationRules? rules)
    {
        var before = secret.Rotation ?? new SecretRotation(null, null);
        return rules is null
            ? before
            : before with
            {
                Days = (int?)rules.AutomaticallyAfterDays,
                Schedule = rules.ScheduleExpression,
                Duration = rules.Duration,
            };
    }

    /// <summary>The secret with a version that has the current value, for the step testSecret alone.</summary>
    private Secret Tested(Secret secret, string version, OperationContext context)
    {
        var tested = secret.Staged(SecretValues.Current) is { } current
            ? values.With(secret, version, values.Of(secret, current, context), [SecretValues.Pending], context)
            : rotations.Begun(secret, version);
        return tested with { Rotation = secret.Rotation! with { Running = version, OnlyTests = true } };
    }

    private static void CheckRules(RotationRules? rules)
    {
        if (rules is { AutomaticallyAfterDays: not null, ScheduleExpression: not null })
            throw SecretsErrors.FrequencyAndSchedule();
        if (rules?.ScheduleExpression is { } schedule)
            RotationSchedule.Parse(schedule);
        if (
            rules?.Duration is { } duration
            && !(
                duration.EndsWith('h')
                && int.TryParse(duration[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
                && hours is > 0 and <= 24
            )
        )
            throw SecretsErrors.InvalidParameter("Invalid duration.");
    }

    private static ContextKeys KeysOf(RotateSecretRequest request) =>
        request.RotationLambdaARN is { Length: > 0 } function ? new ContextKeys { { "secretsmanager:RotationLambdaARN", function } } : [];
}
