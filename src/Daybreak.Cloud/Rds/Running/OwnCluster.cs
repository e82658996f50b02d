using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>
/// The stored value of one cluster. Each step starts from its current value, and no step touches a later cluster with the same name.
/// </summary>
/// <param name="birth">The cluster when this was made.</param>
internal sealed class OwnCluster(Databases databases, EventLog events, Cluster birth)
{
    /// <summary>Null when it was deleted.</summary>
    public Cluster? Now => databases.Present(birth);

    public Task ChangeAsync(Func<Cluster, Cluster> change) => databases.ChangeAsync(birth, change);

    public Task AddEventAsync(string message, string category) =>
        AddEventAsync(RdsArn.Cluster, (Now ?? birth).Identifier, message, category);

    public Task AddEventAsync(Instance member, string message, string category) =>
        AddEventAsync(RdsArn.Instance, (databases.Present(member) ?? member).Identifier, message, category);

    private Task AddEventAsync(string kind, string identifier, string message, string category) =>
        events.AddAsync(birth.AccountId, birth.Region, kind, identifier, message, category);
}
