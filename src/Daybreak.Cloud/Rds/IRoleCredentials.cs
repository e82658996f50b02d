using Daybreak.Aws;

namespace Daybreak.Cloud.Rds;

/// <summary>Roles, as a database server uses them: it acts in a role on behalf of its cluster.</summary>
public interface IRoleCredentials
{
    /// <summary>Why a server of that cluster may not act in the role; null when it may.</summary>
    string? WhyNot(string roleArn, string accountId, string clusterArn);

    /// <exception cref="AwsException">AccessDenied, with the reason.</exception>
    ValueTask<AwsCredentials> AssumeAsync(string roleArn, string accountId, string clusterArn);
}
