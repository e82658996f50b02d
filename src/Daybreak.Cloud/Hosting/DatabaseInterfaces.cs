using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud.Hosting;

/// <summary>The network interfaces of DB instances. An interface's id is derived from its instance, so it need not be stored.</summary>
internal sealed class DatabaseInterfaces(NetworkState state, TimeProvider time) : IInstanceNetwork
{
    public static string IdOf(InstanceName instance) => Ec2Id.Of("eni", instance.AccountId, instance.Region, instance.ResourceId);

    /// <summary>Called with account and Region after databases there changed, whether their network did or not.</summary>
    public Action<string, string>? Changed { get; set; }

    public async ValueTask PlaceAsync(InstancePlace wanted)
    {
        var (account, region) = (wanted.Instance.AccountId, wanted.Instance.Region);
        if (!ReferenceEquals(With(state.Of(account, region), wanted), state.Of(account, region)))
            await state.ChangeAsync(account, region, network => Change.To(With(network, wanted)), dryRun: false, CancellationToken.None);
        Changed?.Invoke(account, region);
    }

    public async ValueTask RemoveAsync(InstanceName instance) =>
        await state.ChangeAsync(
            instance.AccountId,
            instance.Region,
            network => Change.To(network with { NetworkInterfaces = network.NetworkInterfaces.Without(IdOf(instance)) }),
            dryRun: false,
            CancellationToken.None
        );

    public string ResolverOf(InstanceName instance) =>
        $"{Daybreak.Cloud.Ec2.Doors.ResolverRoute.Path}?account={instance.AccountId}&region={instance.Region}&interface={IdOf(instance)}";

    /// <summary>Returns the network with the instance in its wanted place; the same network when it is there already.</summary>
    private Network With(Network network, InstancePlace wanted)
    {
        var id = IdOf(wanted.Instance);
        if (network.Subnets.Find(wanted.SubnetId) is not { } subnet)
            return network;
        var found = network.NetworkInterfaces.Find(id);
        var kept = found?.SubnetId == subnet.Id ? found : null;
        var placed =
            kept
            ?? NewInterface.OfService(InterfaceUse.Database, subnet, network, "RDSNetworkInterface", [], time.GetUtcNow()) with
            {
                Id = id,
            };
        if (placed.PublicIp is not null != wanted.IsPublic)
            placed = placed with { PublicIp = wanted.IsPublic ? PublicAddresses.Take(network) : null };
        // A group in use by an interface cannot be deleted, so a missing one never existed.
        var groups = wanted.GroupIds.Where(group => network.SecurityGroups.Find(group) is not null).ToImmutableArray();
        if (!placed.GroupIds.SequenceEqual(groups))
            placed = placed with { GroupIds = groups };
        placed = placed with { MissesPrivateDns = !wanted.FindsPrivateNames };
        return placed == found ? network : network with { NetworkInterfaces = network.NetworkInterfaces.With(placed) };
    }
}
