namespace Daybreak.Cloud.Rds;

/// <summary>Secrets of Secrets Manager that hold the passwords of master users, and belong to RDS.</summary>
public interface IMasterSecrets
{
    /// <returns>The ARN of a new secret.</returns>
    ValueTask<string> CreateAsync(MasterSecretPlan plan, string userName, string password);

    /// <summary>Adds a password that is not the current one yet.</summary>
    ValueTask AddPendingAsync(string arn, string version, string userName, string password);

    /// <summary>Makes a password the current one.</summary>
    ValueTask PromoteAsync(string arn, string version);

    /// <summary>Deletes a secret at once.</summary>
    ValueTask RemoveAsync(string arn);
}

/// <summary>What a new secret is like.</summary>
/// <param name="Tags">Which database it is for.</param>
public sealed record MasterSecretPlan(
    string AccountId,
    string Region,
    string Name,
    string Description,
    IReadOnlyDictionary<string, string> Tags
);
