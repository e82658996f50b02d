using Daybreak.Cloud.Ec2.EgressOnlyGateways;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Ec2.Networks;

public sealed class NetworkStateTests : IDisposable
{
    private const string Account = "444455556666";
    private const string Region = "eu-west-2";

    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-network").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_was_made_is_there_after_a_restart_and_the_default_VPC_is_the_same()
    {
        Network before;
        await using (var store = StateStore.Open(_directory))
        {
            using var state = new NetworkState(store);
            await CreateVpcAsync(state, "10.0.0.0/16");
            before = state.Of(Account, Region);
        }
        await using (var store = StateStore.Open(_directory))
        {
            using var state = new NetworkState(store);
            var after = state.Of(Account, Region);
            Assert.Equal(before.Vpcs.All.Select(vpc => vpc.Id).Order(), after.Vpcs.All.Select(vpc => vpc.Id).Order());
            Assert.Equal(
                before.SecurityGroups.All.SelectMany(group => group.Rules).Select(rule => rule.ToString()).Order(),
                after.SecurityGroups.All.SelectMany(group => group.Rules).Select(rule => rule.ToString()).Order()
            );
            Assert.Equal(
                before.RouteTables.All.SelectMany(table => table.Routes).Select(route => route.ToString()).Order(),
                after.RouteTables.All.SelectMany(table => table.Routes).Select(route => route.ToString()).Order()
            );
            Assert.Equal(state.Of(Account, "eu-west-3").DefaultVpc!.Id, DefaultNetwork.Of(Account, "eu-west-3").DefaultVpc!.Id);
        }
    }

    [Fact]
    public async Task Resources_of_every_kind_are_there_after_a_restart_as_they_were()
    {
        string before;
        await using (var store = StateStore.Open(_directory))
        {
            using var state = new NetworkState(store);
            ValueTask<TResponse> ChangeAsync<TResponse>(Func<Network, Change<TResponse>> change) =>
                state.ChangeAsync(Account, Region, change, false, Cancellation);
            var vpc = (await CreateVpcAsync(state, "10.0.0.0/16")).Vpc.VpcId;
            var peer = (await CreateVpcAsync(state, "10.1.0.0/16")).Vpc.VpcId;
            var block = await ChangeAsync(network =>
                VpcOperations.AssociateCidrBlock(new() { VpcId = vpc, AmazonProvidedIpv6CidrBlock = true }, network)
            );
            var cidr = block.Ipv6CidrBlockAssociation!.Ipv6CidrBlock.Replace("/56", "/64", StringComparison.Ordinal);
            var subnet = await ChangeAsync(network =>
                SubnetOperations.Create(
                    new()
                    {
                        VpcId = vpc,
                        CidrBlock = "10.0.1.0/24",
                        Ipv6CidrBlock = cidr,
                    },
                    network
                )
            );
            await ChangeAsync(network =>
                NetworkInterfaceOperations.Create(new() { SubnetId = subnet.Subnet.SubnetId, Ipv6AddressCount = 2 }, network)
            );
            await ChangeAsync(network => EgressOnlyGatewayOperations.Create(new() { VpcId = vpc }, network));
            var list = await ChangeAsync(network =>
                OwnPrefixLists.Create(
                    new()
                    {
                        PrefixListName = "n",
                        AddressFamily = "IPv4",
                        MaxEntries = 3,
                        Entries = [new() { Cidr = "10.0.0.0/8", Description = "d" }],
                    },
                    network
                )
            );
            await ChangeAsync(network =>
                OwnPrefixLists.Modify(
                    new()
                    {
                        PrefixListId = list.PrefixList.PrefixListId,
                        CurrentVersion = 1,
                        AddEntries = [new() { Cidr = "11.0.0.0/8" }],
                    },
                    network
                )
            );
            var peerings = new PeeringOperations(TimeProvider.System);
            var peering = await ChangeAsync(network => peerings.Create(new() { VpcId = vpc, PeerVpcId = peer }, network));
            await ChangeAsync(network =>
                peerings.Accept(new() { VpcPeeringConnectionId = peering.VpcPeeringConnection.VpcPeeringConnectionId }, network)
            );
            before = Text(state.Of(Account, Region));
        }
        await using (var store = StateStore.Open(_directory))
        {
            using var state = new NetworkState(store);
            Assert.Equal(before, Text(state.Of(Account, Region)));
        }

        static string Text(Network network) =>
            string.Join(
                '\n',
                ResourceSets.All.SelectMany(set => set.In(network)).OrderBy(one => one.Id, StringComparer.Ordinal).Select(Shown)
            );
        // Records print lists by their type: those that matter are written out.
        static string Shown(Resource one) =>
            one switch
            {
                PrefixList list => $"{list.Id} {list.Version} {list.State} "
                    + $"{string.Join(' ', list.Versions.SelectMany(version => version.Value.Select(entry => $"{version.Key}:{entry}")))}",
                PeeringConnection peering =>
                    $"{peering.Id} {peering.Status} {peering.ExpirationTime:O} {string.Join(' ', peering.Requester.Blocks)} "
                        + $"{string.Join(' ', peering.Requester.Ipv6Blocks)} {peering.Accepter.VpcId}",
                NetworkInterface found => $"{found.Id} {string.Join(' ', found.Ipv6Addresses)}",
                Vpc vpc => $"{vpc.Id} {string.Join(' ', vpc.CidrBlocks)} {string.Join(' ', vpc.Ipv6CidrBlocks)}",
                Subnet subnet => $"{subnet.Id} {subnet.CidrBlock} {subnet.Ipv6}",
                _ => one.Id,
            };
    }

    [Fact]
    public async Task A_deleted_default_VPC_does_not_come_back_with_a_restart()
    {
        await using (var store = StateStore.Open(_directory))
        {
            using var state = new NetworkState(store);
            await state.ChangeAsync(
                Account,
                Region,
                network => Change.To(new Network { AccountId = network.AccountId, Region = network.Region }),
                false,
                Cancellation
            );
        }
        await using (var store = StateStore.Open(_directory))
        {
            using var state = new NetworkState(store);
            Assert.Null(state.Of(Account, Region).DefaultVpc);
        }
    }

    [Fact]
    public async Task Every_change_has_a_greater_version_and_a_refused_one_changes_nothing()
    {
        await using var store = StateStore.Open(_directory);
        using var state = new NetworkState(store);
        var first = state.Of(Account, Region);
        Assert.Same(first, state.Of(Account, Region));
        await CreateVpcAsync(state, "10.0.0.0/16");
        var second = state.Of(Account, Region);
        Assert.True(second.Version > first.Version);
        await Assert.ThrowsAsync<Aws.AwsException>(() => CreateVpcAsync(state, "10.0.0.0/8").AsTask());
        Assert.Same(second, state.Of(Account, Region));
        await state.ResetAsync(store.ResetAsync);
        Assert.True(state.Of(Account, Region).Version > second.Version);
        Assert.Single(state.Of(Account, Region).Vpcs.All);
    }

    [Fact]
    public async Task A_change_that_cannot_be_written_is_not_seen()
    {
        await using var store = StateStore.Open(_directory);
        using var state = new NetworkState(store);
        await CreateVpcAsync(state, "10.0.0.0/16");
        var before = state.Of(Account, Region);
        store.LimitSize(1);
        await Assert.ThrowsAsync<StateException>(async () =>
        {
            for (var i = 0; i < 500; i++)
                await CreateVpcAsync(state, "10.0.0.0/16");
        });
        var full = state.Of(Account, Region);
        store.LimitSize(1_000_000);
        await CreateVpcAsync(state, "10.0.0.0/16");
        Assert.True(full.Vpcs.Count >= before.Vpcs.Count);
        Assert.Equal(full.Vpcs.Count + 1, state.Of(Account, Region).Vpcs.Count);
    }

    private static ValueTask<VpcResponse> CreateVpcAsync(NetworkState state, string cidr) =>
        state.ChangeAsync(
            Account,
            Region,
            network => VpcOperations.Create(new CreateVpcRequest { CidrBlock = cidr }, network),
            false,
            Cancellation
        );
}
