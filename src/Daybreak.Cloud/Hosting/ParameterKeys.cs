using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms;
using Daybreak.Cloud.Ssm;

namespace Daybreak.Cloud.Hosting;

/// <summary>Keys of KMS for parameters.</summary>
internal sealed class ParameterKeys(KmsService kms, IAuthorizer authorizer) : IParameterKeys
{
    private readonly ServiceKeys _keys = new(kms, authorizer, "ssm");

    public byte[] Encrypt(string keyId, string parameterArn, ReadOnlyMemory<byte> value, OperationContext context) =>
        Asked(() => _keys.Encrypt(keyId, value, ContextOf(parameterArn), context));

    public byte[] Decrypt(ReadOnlyMemory<byte> stored, string parameterArn, OperationContext context) =>
        Asked(() => _keys.Decrypt(stored, ContextOf(parameterArn), context));

    private static Dictionary<string, string> ContextOf(string parameterArn) => new() { ["PARAMETER_ARN"] = parameterArn };

    /// <summary>Parameter Store has one error for a key that is unknown or in a wrong state.</summary>
    private static byte[] Asked(Func<byte[]> ask)
    {
        try
        {
            return ask();
        }
        catch (AwsException error)
            when (error.Code is "NotFoundException" or "DisabledException" or "KMSInvalidStateException" or "InvalidCiphertextException")
        {
            throw AwsException.Sender("InvalidKeyId", error.Message);
        }
    }
}
