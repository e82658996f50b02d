using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ssm;

/// <summary>Reads secrets of Secrets Manager for <c>/aws/reference/secretsmanager/NAME</c>.</summary>
public interface ISecretReferences
{
    /// <summary>Reads the current value of a secret with the permissions of the caller.</summary>
    /// <returns>Null when there is no such secret.</returns>
    /// <exception cref="Aws.AwsException">The caller may not read it, or it has no text.</exception>
    ValueTask<ReferencedSecret?> ReadAsync(string secretId, OperationContext context);
}

/// <param name="SourceResult">The answer of Secrets Manager as JSON text.</param>
public sealed record ReferencedSecret(string Arn, string Value, DateTimeOffset CreatedDate, string SourceResult)
{
    // A record would write its members.
    public override string ToString() => nameof(ReferencedSecret);
}
