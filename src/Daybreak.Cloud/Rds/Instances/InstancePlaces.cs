using Daybreak.Aws;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.SubnetGroups;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Determines an instance's place in the network from its cluster and itself.</summary>
internal sealed class InstancePlaces(SubnetGroupOperations subnetGroups, IInstanceNetwork network)
{
    public async ValueTask PlaceAsync(Cluster cluster, Instance instance)
    {
        if (SubnetOf(cluster, instance) is { } subnet)
        {
            // Aurora uses the VPC's resolver; RDS for PostgreSQL uses it if its server was started with that parameter.
            var findsPrivateNames =
                cluster.OnlyInstance is null
                || instance.Started.InstanceGroup.GetValueOrDefault(ParameterCatalog.CustomDnsResolution) == "1";
            await network.PlaceAsync(
                new InstancePlace(NameOf(instance), subnet, cluster.VpcSecurityGroupIds, instance.PubliclyAccessible, findsPrivateNames)
            );
        }
    }

    public ValueTask RemoveAsync(Instance instance) => network.RemoveAsync(NameOf(instance));

    public string ResolverOf(Instance instance) => network.ResolverOf(NameOf(instance));

    private static InstanceName NameOf(Instance instance) => new(instance.AccountId, instance.Region, instance.ResourceId);

    private string? SubnetOf(Cluster cluster, Instance instance)
    {
        try
        {
            return subnetGroups
                .Left(subnetGroups.Find(cluster.SubnetGroup, cluster.AccountId, cluster.Region), cluster.AccountId, cluster.Region)
                .FirstOrDefault(subnet => subnet.AvailabilityZone == instance.AvailabilityZone)
                ?.SubnetId;
        }
        catch (AwsException)
        {
            return null; // the default VPC is gone, and with it the group: the instance stays where it is
        }
    }
}
