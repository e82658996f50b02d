using System.Security.Cryptography;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms.Keys;
using Daybreak.Cloud.Kms.Policies;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Kms.Cryptography;

/// <summary>What keys do.</summary>
internal sealed class CryptoOperations(KeyStore keys, KeyPolicies policies)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            policies.Row<EncryptRequest, EncryptResponse>("Encrypt", EncryptAsync, static request => KeysOf(request.EncryptionContext)),
            new AwsOperation<DecryptRequest, DecryptResponse>("Decrypt", Decrypt)
            {
                // The ciphertext says which key it is, and a denial does not.
                PlaceInDenials = "the resource associated with this ciphertext",
                Permissions = (request, context) => PermissionsOn(request.CiphertextBlob, context, KeysOf(request.EncryptionContext), null),
            },
            new AwsOperation<ReEncryptRequest, ReEncryptResponse>("ReEncrypt", ReEncryptAsync)
            {
                Permissions = (request, context) =>
                    [
                        .. PermissionsOn(request.CiphertextBlob, context, KeysOf(request.SourceEncryptionContext), "ReEncryptFrom"),
                        policies.On(request.DestinationKeyId, context, KeysOf(request.DestinationEncryptionContext), "ReEncryptTo"),
                    ],
            },
            policies.Row<DataKeyRequest, DataKeyResponse>(
                "GenerateDataKey",
                GenerateAsync,
                static request => KeysOf(request.EncryptionContext)
            ),
            policies.Row<DataKeyRequest, DataKeyResponse>(
                "GenerateDataKeyWithoutPlaintext",
                async (request, context) => await GenerateAsync(request, context) with { Plaintext = null },
                static request => KeysOf(request.EncryptionContext)
            ),
            new AwsOperation<GenerateRandomRequest, GenerateRandomResponse>("GenerateRandom", Random),
        ];

    public async ValueTask<EncryptResponse> EncryptAsync(EncryptRequest request, OperationContext context) =>
        Encrypt(await keys.NamedAsync(request.KeyId, context), request);

    /// <summary>The same for a key that is there already: it makes none of AWS's own.</summary>
    public EncryptResponse Encrypt(EncryptRequest request, OperationContext context) =>
        Encrypt(keys.Find(request.KeyId, context) ?? throw Missing(request.KeyId, context), request);

    private EncryptResponse Encrypt(Key key, EncryptRequest request)
    {
        KeyOperations.Usable(key);
        CheckRun(request.EncryptionAlgorithm, request.DryRun);
        return new EncryptResponse
        {
            CiphertextBlob = Encrypt(key, request.Plaintext!.Value.Span, request.EncryptionContext),
            KeyId = key.Arn,
        };
    }

    public DecryptResponse Decrypt(DecryptRequest request, OperationContext context)
    {
        var (key, material, plain) = Decrypt(request.CiphertextBlob, request.EncryptionContext, request.KeyId, context);
        CheckRun(request.EncryptionAlgorithm, request.DryRun);
        return new DecryptResponse
        {
            KeyId = key.Arn,
            Plaintext = plain,
            KeyMaterialId = material.Id,
        };
    }

    public async ValueTask<ReEncryptResponse> ReEncryptAsync(ReEncryptRequest request, OperationContext context)
    {
        var (source, material, plain) = Decrypt(request.CiphertextBlob, request.SourceEncryptionContext, request.SourceKeyId, context);
        var target = KeyOperations.Usable(await keys.NamedAsync(request.DestinationKeyId, context));
        CheckRun(request.SourceEncryptionAlgorithm, null);
        CheckRun(request.DestinationEncryptionAlgorithm, request.DryRun);
        return new ReEncryptResponse
        {
            CiphertextBlob = Encrypt(target, plain, request.DestinationEncryptionContext),
            SourceKeyId = source.Arn,
            KeyId = target.Arn,
            SourceKeyMaterialId = material.Id,
            DestinationKeyMaterialId = target.Current.Id,
        };
    }

    public async ValueTask<DataKeyResponse> GenerateAsync(DataKeyRequest request, OperationContext context)
    {
        if (request.NumberOfBytes is null == request.KeySpec is null)
            throw KmsErrors.BytesOrSpec();
        return Generate(await keys.NamedAsync(request.KeyId, context), request);
    }

    /// <summary>The same for a key that is there already: it makes none of AWS's own.</summary>
    public DataKeyResponse Generate(DataKeyRequest request, OperationContext context) =>
        Generate(keys.Find(request.KeyId, context) ?? throw Missing(request.KeyId, context), request);

    private DataKeyResponse Generate(Key key, DataKeyRequest request)
    {
        KeyOperations.Usable(key);
        CheckRun(null, request.DryRun);
        var plain = RandomNumberGenerator.GetBytes(request.NumberOfBytes ?? (request.KeySpec == "AES_256" ? 32 : 16));
        return new DataKeyResponse
        {
            CiphertextBlob = Encrypt(key, plain, request.EncryptionContext),
            Plaintext = plain,
            KeyId = key.Arn,
            KeyMaterialId = key.Current.Id,
        };
    }

    public static GenerateRandomResponse Random(GenerateRandomRequest request, OperationContext context) =>
        new() { Plaintext = RandomNumberGenerator.GetBytes(request.NumberOfBytes ?? throw KmsErrors.BytesMissing()) };

    private byte[] Encrypt(Key key, ReadOnlySpan<byte> plain, IReadOnlyDictionary<string, string>? pairs) =>
        Ciphertext.Encrypt(key, keys.Unseal(key, key.Current), plain, pairs);

    /// <param name="expected">The key that the request names; null: the one that the ciphertext names.</param>
    private (Key Key, KeyMaterial Material, byte[] Plain) Decrypt(
        ReadOnlyMemory<byte>? blob,
        IReadOnlyDictionary<string, string>? pairs,
        string? expected,
        OperationContext context
    )
    {
        if (!Ciphertext.TryRead(blob!.Value.Span, out var ciphertext) || keys.Find(ciphertext.KeyIn(context.Region)) is not { } key)
            throw KmsErrors.InvalidCiphertext();
        if (expected is not null && (keys.Find(expected, context) ?? throw Missing(expected, context)).Id != key.Id)
            throw KmsErrors.IncorrectKey();
        KeyOperations.Usable(key);
        if (ciphertext.Material >= key.Materials.Length)
            throw KmsErrors.InvalidCiphertext();
        var material = key.Materials[ciphertext.Material];
        return (key, material, ciphertext.Decrypt(keys.Unseal(key, material), pairs) ?? throw KmsErrors.InvalidCiphertext());
    }

    private static AwsException Missing(string keyId, OperationContext context)
    {
        var place = KeyReference.Of(keyId, context);
        return place.IsAlias
            ? KmsErrors.AliasNotFound(KeyReference.AliasArnOf(place.Place))
            : KmsErrors.KeyNotFound(KeyReference.ArnOf(place.Place));
    }

    private IEnumerable<ResourcePermission> PermissionsOn(
        ReadOnlyMemory<byte>? blob,
        OperationContext context,
        ContextKeys pairs,
        string? action
    )
    {
        // What is no ciphertext needs no permission: it is refused afterwards.
        if (!Ciphertext.TryRead(blob!.Value.Span, out var ciphertext) || keys.Find(ciphertext.KeyIn(context.Region)) is not { } key)
            return [];
        return [policies.On(key.Arn, context, pairs, action)];
    }

    private static ContextKeys KeysOf(IReadOnlyDictionary<string, string>? pairs)
    {
        var result = new ContextKeys();
        if (pairs is not { Count: > 0 })
            return result;
        result.Add("kms:EncryptionContextKeys", pairs.Keys.ToArray());
        foreach (var (key, value) in pairs)
            result.Add("kms:EncryptionContext:" + key, value);
        return result;
    }

    private static void CheckRun(string? algorithm, bool? dryRun)
    {
        if (algorithm is not (null or KeyOperations.Symmetric))
            throw NotImplemented.Of($"the encryption algorithm {algorithm} of kms");
        if (dryRun == true)
            throw KmsErrors.DryRun();
    }
}
