using Daybreak.Aws;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>Has <c>rds.amazonaws.com</c> assume the role on behalf of a cluster.</summary>
public sealed class ServiceRoleCredentials(ServiceRoles roles) : IRoleCredentials
{
    private const string Service = "rds.amazonaws.com";

    // Not documented what RDS calls its sessions; the cluster's name helps whoever reads a denial.
    public async ValueTask<AwsCredentials> AssumeAsync(string roleArn, string accountId, string clusterArn) =>
        (await roles.AssumeAsync(Service, roleArn, clusterArn[(clusterArn.LastIndexOf(':') + 1)..], accountId, clusterArn)).Credentials;

    public string? WhyNot(string roleArn, string accountId, string clusterArn) => roles.WhyNot(Service, roleArn, accountId, clusterArn);
}
