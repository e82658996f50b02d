using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms;
using Daybreak.Cloud.Kms.Cryptography;
using Daybreak.Cloud.Policy;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Hosting;

/// <summary>
/// Keys of KMS as another service uses them for its caller: with the caller's permissions, and with <c>kms:ViaService</c>.
/// </summary>
/// <param name="service">The service that asks: <c>ssm</c>.</param>
internal sealed class ServiceKeys(KmsService kms, IAuthorizer authorizer, string service)
{
    private readonly AwsOperation _encrypt = Operation(kms, "Encrypt");
    private readonly AwsOperation _generate = Operation(kms, "GenerateDataKey");
    private readonly AwsOperation _decrypt = Operation(kms, "Decrypt");

    /// <exception cref="Aws.AwsException">The key cannot be used, or not by the caller.</exception>
    public byte[] Encrypt(string keyId, ReadOnlyMemory<byte> plain, IReadOnlyDictionary<string, string> pairs, OperationContext context)
    {
        var request = new EncryptRequest
        {
            KeyId = keyId,
            Plaintext = plain,
            EncryptionContext = pairs,
        };
        var via = Via(context);
        authorizer.Authorize(kms.Description, _encrypt, request, via);
        return kms.Cryptography.Encrypt(request, via).CiphertextBlob!.Value.ToArray();
    }

    /// <returns>A new key of 32 bytes, and the same encrypted.</returns>
    /// <exception cref="Aws.AwsException">The key cannot be used, or not by the caller.</exception>
    public (byte[] Plain, byte[] Encrypted) Generate(string keyId, IReadOnlyDictionary<string, string> pairs, OperationContext context)
    {
        var request = new DataKeyRequest
        {
            KeyId = keyId,
            KeySpec = "AES_256",
            EncryptionContext = pairs,
        };
        var via = Via(context);
        authorizer.Authorize(kms.Description, _generate, request, via);
        var made = kms.Cryptography.Generate(request, via);
        return (made.Plaintext!.Value.ToArray(), made.CiphertextBlob!.Value.ToArray());
    }

    /// <exception cref="Aws.AwsException">The key cannot be used, or not by the caller.</exception>
    public byte[] Decrypt(ReadOnlyMemory<byte> blob, IReadOnlyDictionary<string, string> pairs, OperationContext context)
    {
        var request = new DecryptRequest { CiphertextBlob = blob, EncryptionContext = pairs };
        var via = Via(context);
        authorizer.Authorize(kms.Description, _decrypt, request, via);
        return kms.Cryptography.Decrypt(request, via).Plaintext!.Value.ToArray();
    }

    // Services reach each other by no VPC.
    private OperationContext Via(OperationContext context) =>
        context with
        {
            Route = null,
            Circumstances = new ViaKeys(context.Circumstances, $"{service}.{context.Region}.amazonaws.com"),
        };

    private static AwsOperation Operation(KmsService kms, string name) =>
        kms.Description.Operations.Single(operation => operation.Name == name);

    private sealed class ViaKeys(IContextKeys circumstances, string host) : IContextKeys
    {
        public bool TryGet(string key, out StringValues values)
        {
            if (key.Equals("kms:ViaService", StringComparison.OrdinalIgnoreCase))
                values = host;
            else if (key.Equals("aws:ViaAWSService", StringComparison.OrdinalIgnoreCase))
                values = "true";
            else
                return circumstances.TryGet(key, out values);
            return true;
        }
    }
}
