using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ssm;

/// <summary>Keys of KMS for <c>SecureString</c> parameters, used with the permissions of the caller.</summary>
public interface IParameterKeys
{
    /// <exception cref="Aws.AwsException">The key cannot be used, or not by the caller.</exception>
    byte[] Encrypt(string keyId, string parameterArn, ReadOnlyMemory<byte> value, OperationContext context);

    /// <exception cref="Aws.AwsException">The key cannot be used, or not by the caller.</exception>
    byte[] Decrypt(ReadOnlyMemory<byte> stored, string parameterArn, OperationContext context);
}
