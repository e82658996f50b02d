using System.Net;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud.Ec2.Databases;

/// <summary>The network interfaces of DB instances. An interface's id follows from its instance, so that nobody has to keep it.</summary>
internal sealed class DatabaseInterfaces(NetworkState state, TimeProvider time) : IInstanceNetwork
{
    public static string IdOf(InstanceName instance) => Ec2Id.Of("eni", instance.AccountId, instance.Region, instance.ResourceId);

    public async ValueTask PlaceAsync(InstancePlace wanted)
    {
        var (account, region) = (wanted.Instance.AccountId, wanted.Instance.Region);
        if (!ReferenceEquals(With(state.Of(account, region), wanted), state.Of(account, region)))
            await state.ChangeAsync(account, region, network => Change.To(With(network, wanted)), dryRun: false, CancellationToken.None);
    }

    public async ValueTask RemoveAsync(InstanceName instance) => await state.ChangeAsync(
        instance.AccountId, instance.Region, network => Change.To(network with { NetworkInterfaces = network.NetworkInterfaces.Without(IdOf(instance)) }),
        dryRun: false, CancellationToken.None);

    public string ResolverOf(InstanceName instance) =>
        $"{Doors.ResolverRoute.Path}?account={instance.AccountId}&region={instance.Region}&interface={IdOf(instance)}";

    /// <summary>The network with the instance where it is wanted; the same one when it is there.</summary>
    private Network With(Network network, InstancePlace wanted)
    {
        var id = IdOf(wanted.Instance);
        if (network.Subnets.Find(wanted.SubnetId) is not { } subnet)
            return network;
        var found = network.NetworkInterfaces.Find(id);
        var kept = found?.SubnetId == subnet.Id ? found : null;
        var placed = (kept ?? new NetworkInterface
        {
            Id = id,
            SubnetId = subnet.Id,
            VpcId = subnet.VpcId,
            PrivateIp = SubnetAddresses.Take(subnet, network),
            Description = "RDSNetworkInterface",
            Use = InterfaceUse.Database,
            MacAddress = MacAddress(id),
            Attachment = new InterfaceAttachment(Ec2Id.Of("eni-attach", id), time.GetUtcNow()),
        }) with { PublicIp = wanted.IsPublic ? PublicAddress(id) : null };
        if (!placed.GroupIds.SequenceEqual(wanted.GroupIds))
            placed = placed with { GroupIds = [.. wanted.GroupIds] };
        return placed == found ? network : network with { NetworkInterfaces = network.NetworkInterfaces.With(placed) };
    }

    // 52.95.0.0/16 is Amazon's; which address is made up, and the same every time.
    private static IPAddress PublicAddress(string id) => new([52, 95, .. Hash(id)[..2]]);

    // Locally administered.
    private static string MacAddress(string id) => string.Join(':', new byte[] { 0x0a }.Concat(Hash(id)[2..7]).Select(static part => $"{part:x2}"));

    private static byte[] Hash(string id) => SHA256.HashData(Encoding.ASCII.GetBytes(id));
}
