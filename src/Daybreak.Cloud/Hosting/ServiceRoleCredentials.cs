using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Hosting;

/// <summary>Lets <c>rds.amazonaws.com</c> assume roles on behalf of clusters.</summary>
public sealed class ServiceRoleCredentials(ServiceRoles roles, ContainerCredentials endpoint) : IRoleCredentials
{
    private const string Service = "rds.amazonaws.com";

    // A change of the trust policy takes effect within this time.
    private static readonly TimeSpan AsksAgainAfter = TimeSpan.FromSeconds(3);

    public string Path => ContainerCredentials.Path;

    public string? WhyNot(DatabaseRole role) => roles.WhyNot(Service, role.RoleArn, role.AccountId, role.SourceArn);

    public string? WhyNot(string service, string roleArn, string accountId) => roles.WhyNot(service, roleArn, accountId);

    // AWS does not document the names of RDS's sessions; the cluster's name helps readers of a denial.
    public string Add(InstanceName server, Func<DatabaseRole> role) =>
        endpoint.Add(
            () =>
            {
                var now = role();
                return new ServerRole(
                    Service,
                    now.RoleArn,
                    now.SourceArn[(now.SourceArn.LastIndexOf(':') + 1)..],
                    now.AccountId,
                    now.SourceArn,
                    server.ToString()
                );
            },
            AsksAgainAfter
        );

    public Task EndSessionsAsync(string token) => endpoint.EndSessionsAsync(token);

    /// <summary>Returns the instance whose server received an access key, even an earlier one; null for any other key.</summary>
    public InstanceName? HolderOf(string accessKeyId) => roles.ServerOf(accessKeyId) is { } server ? InstanceName.Parse(server) : null;

    public void Remove(string token) => endpoint.Remove(token);
}
