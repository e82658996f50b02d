using Daybreak.Aws;

namespace Daybreak.Cloud.Rds;

/// <summary>Roles, as a database server uses them: it acts in a role on behalf of its cluster.</summary>
public interface IRoleCredentials
{
    /// <summary>Path of the endpoint where a server gets its credentials for its token.</summary>
    string Path { get; }

    /// <summary>Why a server may not act in the role; null when it may.</summary>
    string? WhyNot(DatabaseRole role);

    /// <summary>Why a service of AWS's may not act in the role on behalf of an account; null when it may.</summary>
    string? WhyNot(string service, string roleArn, string accountId);

    /// <param name="server">The instance whose server it is.</param>
    /// <param name="role">Which role a server acts in at the moment. Throws <see cref="AwsException"/> with the reason when in
    /// none.</param>
    /// <returns>The token for which the endpoint gives credentials of that role.</returns>
    string Add(InstanceName server, Func<DatabaseRole> role);

    /// <summary>Whatever was handed out for the token is worth nothing from now on; the server may ask again.</summary>
    Task EndSessionsAsync(string token);

    /// <summary>The token is worth nothing from now on.</summary>
    void Remove(string token);
}

/// <param name="RoleArn">The role.</param>
/// <param name="AccountId">Of the cluster.</param>
/// <param name="SourceArn">Of the cluster, for which the role is assumed.</param>
public sealed record DatabaseRole(string RoleArn, string AccountId, string SourceArn);
