using Daybreak.Cloud.Rds.Clusters;

namespace Daybreak.Cloud.Rds.MasterPasswords;

/// <summary>The secret that holds the password of a master user.</summary>
/// <param name="KmsKeyId">ARN of its key.</param>
internal sealed record MasterSecret(string Arn, string KmsKeyId)
{
    /// <summary>The version of the secret that becomes the current one when the servers have its password.</summary>
    public string? Pending { get; init; }
}

/// <summary>The secret in responses.</summary>
internal sealed record MasterUserSecret
{
    public required string SecretArn { get; init; }

    public required string SecretStatus { get; init; }

    public required string KmsKeyId { get; init; }

    /// <param name="creating">Whether the database is still being created.</param>
    public static MasterUserSecret? Of(Cluster cluster, bool creating) =>
        cluster.MasterSecret is { } secret
            ? new MasterUserSecret
            {
                SecretArn = secret.Arn,
                SecretStatus =
                    creating ? "creating"
                    : secret.Pending is not null ? "rotating"
                    : "active",
                KmsKeyId = secret.KmsKeyId,
            }
            : null;
}
