using Daybreak.Aws;

namespace Daybreak.Cloud.Rds;

/// <summary>Roles of database servers, which act in them on behalf of their clusters.</summary>
public interface IRoleCredentials
{
    /// <summary>Path of the endpoint that gives a server its credentials for its token.</summary>
    string Path { get; }

    /// <summary>The reason why a server may not act in the role; null when it may.</summary>
    string? WhyNot(DatabaseRole role);

    /// <summary>The reason why an AWS service may not act in the role on behalf of an account; null when it may.</summary>
    string? WhyNot(string service, string roleArn, string accountId);

    /// <param name="server">The server's instance.</param>
    /// <param name="role">Returns the current role of the server. Throws <see cref="AwsException"/> with the reason when it has
    /// none.</param>
    /// <returns>The token for which the endpoint gives credentials of that role.</returns>
    string Add(InstanceName server, Func<DatabaseRole> role);

    /// <summary>Invalidates all credentials that were issued for the token; the server may ask again.</summary>
    Task EndSessionsAsync(string token);

    /// <summary>Invalidates the token.</summary>
    void Remove(string token);
}

/// <param name="RoleArn">The role.</param>
/// <param name="AccountId">The cluster's account.</param>
/// <param name="SourceArn">The ARN of the cluster for which the role is assumed.</param>
public sealed record DatabaseRole(string RoleArn, string AccountId, string SourceArn);
