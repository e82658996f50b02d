using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Kms.Tags;

namespace Daybreak.Cloud.Kms.Keys;

internal sealed class KeyIdAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All => [new LengthAttribute(1, 2048)];
}

internal sealed class MarkerAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All => [new LengthAttribute(1, 1024), new PatternAttribute("[\\u0020-\\u00FF]*")];
}

internal interface INamesKey
{
    string KeyId { get; }
}

internal sealed record CreateKeyRequest
{
    [Length(1, 131072), Pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+")]
    public string? Policy { get; init; }

    [Length(0, 8192)]
    public string? Description { get; init; }

    [Values("SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT")]
    public string? KeyUsage { get; init; }

    public string? CustomerMasterKeySpec { get; init; }

    public string? KeySpec { get; init; }

    [Values("AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE")]
    public string? Origin { get; init; }

    [NotImplemented]
    public string? CustomKeyStoreId { get; init; }

    public bool? BypassPolicyLockoutSafetyCheck { get; init; }

    public IReadOnlyList<KeyTag>? Tags { get; init; }

    [NotImplemented]
    public bool? MultiRegion { get; init; }

    [NotImplemented]
    public string? XksKeyId { get; init; }
}

internal sealed record KeyRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }
}

internal sealed record DescribeKeyRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [NotImplemented]
    public IReadOnlyList<string>? GrantTokens { get; init; }
}

internal sealed record KeyResponse
{
    public required KeyMetadata KeyMetadata { get; init; }
}

internal sealed record KeyMetadata
{
    public required string AWSAccountId { get; init; }

    public required string KeyId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset? CreationDate { get; init; }

    public required bool? Enabled { get; init; }

    public required string Description { get; init; }

    public string KeyUsage { get; init; } = "ENCRYPT_DECRYPT";

    public required string KeyState { get; init; }

    public DateTimeOffset? DeletionDate { get; init; }

    public string Origin { get; init; } = "AWS_KMS";

    public required string KeyManager { get; init; }

    public string CustomerMasterKeySpec { get; init; } = KeyOperations.Symmetric;

    public string KeySpec { get; init; } = KeyOperations.Symmetric;

    public IReadOnlyList<string> EncryptionAlgorithms { get; init; } = [KeyOperations.Symmetric];

    public bool? MultiRegion { get; init; } = false;

    public required string CurrentKeyMaterialId { get; init; }

    public static KeyMetadata Of(Key key) =>
        new()
        {
            AWSAccountId = key.AccountId,
            KeyId = key.Id,
            Arn = key.Arn,
            CreationDate = key.CreationDate,
            Enabled = key.IsEnabled,
            Description = key.Description,
            KeyState = key.State,
            DeletionDate = key.DeletionDate,
            KeyManager = key.ManagedAlias is null ? "CUSTOMER" : "AWS",
            CurrentKeyMaterialId = key.Current.Id,
        };
}

internal sealed record ListKeysRequest
{
    [Range(1, 1000)]
    public int? Limit { get; init; }

    [Marker]
    public string? Marker { get; init; }
}

internal sealed record ListKeysResponse
{
    public required IReadOnlyList<KeyEntry> Keys { get; init; }

    public string? NextMarker { get; init; }

    public required bool? Truncated { get; init; }
}

internal sealed record KeyEntry
{
    public required string KeyId { get; init; }

    public required string KeyArn { get; init; }
}

internal sealed record UpdateKeyDescriptionRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Length(0, 8192)]
    public required string Description { get; init; }
}

internal sealed record ScheduleKeyDeletionRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Range(1, 365)]
    public int? PendingWindowInDays { get; init; }
}

internal sealed record ScheduleKeyDeletionResponse
{
    public required string KeyId { get; init; }

    public required DateTimeOffset? DeletionDate { get; init; }

    public required string KeyState { get; init; }

    public required int? PendingWindowInDays { get; init; }
}

internal sealed record CancelKeyDeletionResponse
{
    public required string KeyId { get; init; }
}

internal sealed record EnableKeyRotationRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Range(90, 2560)]
    public int? RotationPeriodInDays { get; init; }
}

internal sealed record GetKeyRotationStatusResponse
{
    public required bool? KeyRotationEnabled { get; init; }

    public required string KeyId { get; init; }

    public int? RotationPeriodInDays { get; init; }

    public DateTimeOffset? NextRotationDate { get; init; }
}
