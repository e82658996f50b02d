using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Kms.Keys;

namespace Daybreak.Cloud.Kms.Cryptography;

internal sealed class AlgorithmAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All =>
        [new ValuesAttribute("SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE")];
}

internal sealed record EncryptRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Sensitive, Length(1, 4096)]
    public required ReadOnlyMemory<byte>? Plaintext { get; init; }

    public IReadOnlyDictionary<string, string>? EncryptionContext { get; init; }

    [NotImplemented]
    public IReadOnlyList<string>? GrantTokens { get; init; }

    [Algorithm]
    public string? EncryptionAlgorithm { get; init; }

    public bool? DryRun { get; init; }
}

internal sealed record EncryptResponse
{
    public required ReadOnlyMemory<byte>? CiphertextBlob { get; init; }

    public required string KeyId { get; init; }

    public string EncryptionAlgorithm { get; init; } = KeyOperations.Symmetric;
}

internal sealed record DecryptRequest
{
    [Length(1, 6144)]
    public required ReadOnlyMemory<byte>? CiphertextBlob { get; init; }

    public IReadOnlyDictionary<string, string>? EncryptionContext { get; init; }

    [NotImplemented]
    public IReadOnlyList<string>? GrantTokens { get; init; }

    [KeyId]
    public string? KeyId { get; init; }

    [Algorithm]
    public string? EncryptionAlgorithm { get; init; }

    [NotImplemented]
    public Recipient? Recipient { get; init; }

    public bool? DryRun { get; init; }
}

/// <summary>An enclave: its members do not matter, since it is refused.</summary>
internal sealed record Recipient
{
    public string? KeyEncryptionAlgorithm { get; init; }

    public ReadOnlyMemory<byte>? AttestationDocument { get; init; }
}

internal sealed record DecryptResponse
{
    public required string KeyId { get; init; }

    public required ReadOnlyMemory<byte>? Plaintext { get; init; }

    public string EncryptionAlgorithm { get; init; } = KeyOperations.Symmetric;

    public required string KeyMaterialId { get; init; }
}

internal sealed record ReEncryptRequest
{
    [Length(1, 6144)]
    public required ReadOnlyMemory<byte>? CiphertextBlob { get; init; }

    public IReadOnlyDictionary<string, string>? SourceEncryptionContext { get; init; }

    [KeyId]
    public string? SourceKeyId { get; init; }

    [KeyId]
    public required string DestinationKeyId { get; init; }

    public IReadOnlyDictionary<string, string>? DestinationEncryptionContext { get; init; }

    [Algorithm]
    public string? SourceEncryptionAlgorithm { get; init; }

    [Algorithm]
    public string? DestinationEncryptionAlgorithm { get; init; }

    [NotImplemented]
    public IReadOnlyList<string>? GrantTokens { get; init; }

    public bool? DryRun { get; init; }
}

internal sealed record ReEncryptResponse
{
    public required ReadOnlyMemory<byte>? CiphertextBlob { get; init; }

    public required string SourceKeyId { get; init; }

    public required string KeyId { get; init; }

    public string SourceEncryptionAlgorithm { get; init; } = KeyOperations.Symmetric;

    public string DestinationEncryptionAlgorithm { get; init; } = KeyOperations.Symmetric;

    public required string SourceKeyMaterialId { get; init; }

    public required string DestinationKeyMaterialId { get; init; }
}

/// <summary>The request of GenerateDataKey and GenerateDataKeyWithoutPlaintext.</summary>
internal sealed record DataKeyRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    public IReadOnlyDictionary<string, string>? EncryptionContext { get; init; }

    [Range(1, 1024)]
    public int? NumberOfBytes { get; init; }

    [Values("AES_256", "AES_128")]
    public string? KeySpec { get; init; }

    [NotImplemented]
    public IReadOnlyList<string>? GrantTokens { get; init; }

    [NotImplemented]
    public Recipient? Recipient { get; init; }

    public bool? DryRun { get; init; }
}

internal sealed record DataKeyResponse
{
    public required ReadOnlyMemory<byte>? CiphertextBlob { get; init; }

    public ReadOnlyMemory<byte>? Plaintext { get; init; }

    public required string KeyId { get; init; }

    public required string KeyMaterialId { get; init; }
}

internal sealed record GenerateRandomRequest
{
    [Range(1, 1024)]
    public int? NumberOfBytes { get; init; }

    [NotImplemented]
    public string? CustomKeyStoreId { get; init; }

    [NotImplemented]
    public Recipient? Recipient { get; init; }
}

internal sealed record GenerateRandomResponse
{
    public required ReadOnlyMemory<byte>? Plaintext { get; init; }
}
