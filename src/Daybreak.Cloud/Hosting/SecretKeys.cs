using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms;
using Daybreak.Cloud.SecretsManager;

namespace Daybreak.Cloud.Hosting;

/// <summary>Keys of KMS for secrets.</summary>
internal sealed class SecretKeys(KmsService kms, IAuthorizer authorizer) : ISecretKeys
{
    private readonly ServiceKeys _keys = new(kms, authorizer, "secretsmanager");

    public (byte[] Plain, byte[] Encrypted) Generate(string keyId, string secretArn, string versionId, OperationContext context)
    {
        try
        {
            return _keys.Generate(keyId, ContextOf(secretArn, versionId), context);
        }
        catch (AwsException error)
        {
            throw SecretsErrors.OfKms(error, encrypting: true);
        }
    }

    public byte[] Decrypt(ReadOnlyMemory<byte> encrypted, string secretArn, string versionId, OperationContext context)
    {
        try
        {
            return _keys.Decrypt(encrypted, ContextOf(secretArn, versionId), context);
        }
        catch (AwsException error)
        {
            throw SecretsErrors.OfKms(error, encrypting: false);
        }
    }

    private static Dictionary<string, string> ContextOf(string secretArn, string versionId) =>
        new() { ["SecretARN"] = secretArn, ["SecretVersionId"] = versionId };
}
