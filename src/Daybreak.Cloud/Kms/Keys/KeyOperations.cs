using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms.Policies;
using Daybreak.Cloud.Kms.Tags;

namespace Daybreak.Cloud.Kms.Keys;

/// <summary>Keys made, described, listed, switched on and off, and deleted.</summary>
internal sealed class KeyOperations(KeyStore keys, KeyPolicies policies, TimeProvider time)
{
    public const string Symmetric = "SYMMETRIC_DEFAULT";

    private const int PageSize = 100;
    private const int DefaultWindow = 30;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateKeyRequest, KeyResponse>("CreateKey", CreateAsync)
            {
                Keys = static (request, _) => TagOperations.KeysOf(request.Tags ?? []),
            },
            policies.Row<DescribeKeyRequest, KeyResponse>("DescribeKey", DescribeAsync),
            new AwsOperation<ListKeysRequest, ListKeysResponse>("ListKeys", List),
            policies.Row<KeyRequest, NoMembers>("EnableKey", (request, context) => SwitchAsync(request, context, disabled: false)),
            policies.Row<KeyRequest, NoMembers>("DisableKey", (request, context) => SwitchAsync(request, context, disabled: true)),
            policies.Row<UpdateKeyDescriptionRequest, NoMembers>("UpdateKeyDescription", DescribeAnewAsync),
            policies.Row<ScheduleKeyDeletionRequest, ScheduleKeyDeletionResponse>("ScheduleKeyDeletion", ScheduleAsync),
            policies.Row<KeyRequest, CancelKeyDeletionResponse>("CancelKeyDeletion", CancelAsync),
        ];

    public async ValueTask<KeyResponse> CreateAsync(CreateKeyRequest request, OperationContext context)
    {
        var spec = request.KeySpec ?? request.CustomerMasterKeySpec ?? Symmetric;
        if (spec != Symmetric)
            throw request.KeyUsage is null && !spec.StartsWith("RSA", StringComparison.Ordinal)
                ? KmsErrors.UsageMissing()
                : NotImplemented.Of($"the parameter KeySpec of CreateKey with the value {spec}");
        if (request.KeyUsage is not (null or "ENCRYPT_DECRYPT"))
            throw NotImplemented.Of($"the parameter KeyUsage of CreateKey with the value {request.KeyUsage}");
        if (request.Origin is not (null or "AWS_KMS"))
            throw NotImplemented.Of($"the parameter Origin of CreateKey with the value {request.Origin}");
        var id = Guid.NewGuid().ToString();
        var key = new Key(
            context.AccountId,
            context.Region,
            id,
            time.GetUtcNow(),
            ImmutableArray.Create(keys.NewMaterial(id)),
            KeyPolicies.Default(context.AccountId)
        )
        {
            Description = request.Description ?? "",
            Tags = TagOperations.Added(null, request.Tags ?? []),
        };
        if (request.Policy is { } policy)
            key = policies.With(key, policy, request.BypassPolicyLockoutSafetyCheck == true, context);
        await keys.AddAsync(key);
        return new KeyResponse { KeyMetadata = KeyMetadata.Of(key) };
    }

    public async ValueTask<KeyResponse> DescribeAsync(DescribeKeyRequest request, OperationContext context) =>
        new() { KeyMetadata = KeyMetadata.Of(await keys.NamedAsync(request.KeyId, context)) };

    public ListKeysResponse List(ListKeysRequest request, OperationContext context)
    {
        var page = Page.Of(keys.Of(context.AccountId, context.Region), static key => key.Id, request.Limit ?? PageSize, request.Marker);
        return new ListKeysResponse
        {
            Keys = [.. page.Items.Select(static key => new KeyEntry { KeyId = key.Id, KeyArn = key.Arn })],
            NextMarker = page.NextMarker,
            Truncated = page.NextMarker is not null,
        };
    }

    public async ValueTask<NoMembers> DescribeAnewAsync(UpdateKeyDescriptionRequest request, OperationContext context)
    {
        await keys.ChangeAsync(request.KeyId, context, key => Kept(key) with { Description = request.Description });
        return NoMembers.Instance;
    }

    public async ValueTask<ScheduleKeyDeletionResponse> ScheduleAsync(ScheduleKeyDeletionRequest request, OperationContext context)
    {
        var days = request.PendingWindowInDays ?? DefaultWindow;
        if (days is < 7 or > 30)
            throw KmsErrors.InvalidWindow();
        var key = await keys.ChangeAsync(
            request.KeyId,
            context,
            found => Kept(found) with { DeletionDate = time.GetUtcNow().AddDays(days) }
        );
        return new ScheduleKeyDeletionResponse
        {
            KeyId = key.Arn,
            DeletionDate = key.DeletionDate,
            KeyState = key.State,
            PendingWindowInDays = days,
        };
    }

    /// <summary>The key is disabled afterwards.</summary>
    public async ValueTask<CancelKeyDeletionResponse> CancelAsync(KeyRequest request, OperationContext context)
    {
        var key = await keys.ChangeAsync(
            request.KeyId,
            context,
            static found =>
                found.DeletionDate is null
                    ? throw KmsErrors.NotPendingDeletion(found.Arn)
                    : found with
                    {
                        DeletionDate = null,
                        IsDisabled = true,
                    }
        );
        return new CancelKeyDeletionResponse { KeyId = key.Arn };
    }

    /// <exception cref="Aws.AwsException">The key is to be deleted.</exception>
    public static Key Kept(Key key) => key.DeletionDate is null ? key : throw KmsErrors.PendingDeletion(key.Arn);

    /// <exception cref="Aws.AwsException">The key cannot be used now.</exception>
    public static Key Usable(Key key) => Kept(key).IsDisabled ? throw KmsErrors.Disabled(key.Arn) : key;

    private async ValueTask<NoMembers> SwitchAsync(KeyRequest request, OperationContext context, bool disabled)
    {
        await keys.ChangeAsync(request.KeyId, context, key => Kept(key).IsDisabled == disabled ? key : key with { IsDisabled = disabled });
        return NoMembers.Instance;
    }
}
