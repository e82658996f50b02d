using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms.Policies;

namespace Daybreak.Cloud.Kms.Keys;

/// <summary>New material for keys, time and again. What older material encrypted stays readable.</summary>
internal sealed class RotationOperations(KeyStore keys, KeyPolicies policies, TimeProvider time)
{
    public const int DefaultDays = 365;

    public IEnumerable<AwsOperation> Operations() =>
        [
            policies.Row<EnableKeyRotationRequest, NoMembers>("EnableKeyRotation", EnableAsync),
            policies.Row<KeyRequest, NoMembers>("DisableKeyRotation", DisableAsync),
            policies.Row<KeyRequest, GetKeyRotationStatusResponse>(
                "GetKeyRotationStatus",
                (request, context) => ValueTask.FromResult(Get(request, context))
            ),
        ];

    public async ValueTask<NoMembers> EnableAsync(EnableKeyRotationRequest request, OperationContext context)
    {
        await keys.ChangeAsync(
            request.KeyId,
            context,
            key =>
            {
                var days = request.RotationPeriodInDays ?? key.Rotation?.Days ?? DefaultDays;
                return KeyOperations.Usable(key) with { Rotation = new KeyRotation(days, time.GetUtcNow().AddDays(days)) };
            }
        );
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DisableAsync(KeyRequest request, OperationContext context)
    {
        await keys.ChangeAsync(request.KeyId, context, static key => KeyOperations.Usable(key) with { Rotation = null });
        return NoMembers.Instance;
    }

    public GetKeyRotationStatusResponse Get(KeyRequest request, OperationContext context)
    {
        var key = keys.Named(request.KeyId, context);
        // What is pending comes back when the deletion is cancelled.
        var rotation = key.DeletionDate is null ? key.Rotation : null;
        return new GetKeyRotationStatusResponse
        {
            KeyRotationEnabled = rotation is not null,
            KeyId = request.KeyId,
            RotationPeriodInDays = rotation?.Days,
            NextRotationDate = rotation?.Next,
        };
    }
}
