using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>One cluster as it is kept. Each step starts from what it is then, and none touches another one that has got its name.</summary>
/// <param name="birth">The cluster as it was when this was made.</param>
internal sealed class OwnCluster(Databases databases, EventLog events, Cluster birth)
{
    /// <summary>Null when it is gone.</summary>
    public Cluster? Now => databases.Present(birth);

    public Task ChangeAsync(Func<Cluster, Cluster> change) => databases.ChangeAsync(birth, change);

    public Task AddEventAsync(string message, string category) =>
        AddEventAsync(RdsArn.Cluster, (Now ?? birth).Identifier, message, category);

    public Task AddEventAsync(Instance member, string message, string category) =>
        AddEventAsync(RdsArn.Instance, (databases.Present(member) ?? member).Identifier, message, category);

    private Task AddEventAsync(string kind, string identifier, string message, string category) =>
        events.AddAsync(birth.AccountId, birth.Region, kind, identifier, message, category);
}
