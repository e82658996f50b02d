using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.SecretsManager;

/// <summary>Functions of Lambda that rotate secrets.</summary>
public interface IRotationFunctions
{
    /// <exception cref="Aws.AwsException">There is no such function, or the caller or Secrets Manager may not invoke it.</exception>
    void Check(string functionArn, string secretArn, OperationContext context);

    /// <summary>Invokes a function for a secret, and waits for its end.</summary>
    /// <returns>Whether it has succeeded.</returns>
    Task<bool> InvokeAsync(string functionArn, string secretArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation);
}
