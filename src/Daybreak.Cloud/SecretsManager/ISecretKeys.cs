using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.SecretsManager;

/// <summary>Keys of KMS for secrets, used with the permissions of the caller.</summary>
public interface ISecretKeys
{
    /// <summary>Makes a key for one version of a secret.</summary>
    /// <returns>The key, and the same encrypted by the KMS key.</returns>
    /// <exception cref="Aws.AwsException">The KMS key cannot be used, or not by the caller.</exception>
    (byte[] Plain, byte[] Encrypted) Generate(string keyId, string secretArn, string versionId, OperationContext context);

    /// <exception cref="Aws.AwsException">The KMS key cannot be used, or not by the caller.</exception>
    byte[] Decrypt(ReadOnlyMemory<byte> encrypted, string secretArn, string versionId, OperationContext context);
}
