using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Tests.Ec2.Reachability;
using static Daybreak.Cloud.Tests.Ec2.Reachability.Networks;

namespace Daybreak.Cloud.Tests.Ec2.Doors;

/// <summary>Two databases: one whose subnet leads out, and another one whose subnet does not.</summary>
public sealed class NetworkDoorsTests : IDisposable
{
    private const string Account = "444455556666";
    private const string Region = "us-east-1";
    private const string Other = "eni-other";
    private const string LambdaName = "lambda.us-east-1.amazonaws.com";

    private static readonly Network network = (Public with
    {
        NetworkInterfaces = Public.NetworkInterfaces.With(
            Interface(Other, FarSubnet, "10.0.2.10", InterfaceUse.Database, DatabaseGroup) with { PublicIp = IPAddress.Parse("203.0.113.6") }),
    }) with { Version = 1 };

    private static readonly Network withBoth = network.WithRoute(FarTable, "0.0.0.0/0", RouteTargetKind.InternetGateway, Internet) with { Version = 2 };
    private static readonly Network withNone = network.WithoutRoutes(DatabaseTable) with { Version = 3 };

    private readonly SideDoorTransport transport = new();
    private readonly List<SideDoor> made = [];
    private readonly NetworkDoors doors;
    private Network now = network;
    private int lookups;

    public NetworkDoorsTests() => doors = new NetworkDoors(
        (_, _) => now,
        address =>
        {
            made.Add(transport.Add(address));
            return made[^1];
        },
        // An access key here is the id of the interface that it belongs to.
        caller =>
        {
            lookups++;
            return caller.AccessKeyId.StartsWith("eni-", StringComparison.Ordinal) ? (Account, Region, caller.AccessKeyId) : null;
        });

    public void Dispose()
    {
        doors.Dispose();
        transport.Dispose();
    }

    [Fact]
    public void Each_name_of_each_interface_has_a_door_of_its_own()
    {
        var own = Resolve(Database, LambdaName);

        Assert.NotNull(own);
        Assert.Equal(own, Resolve(Database, LambdaName));
        Assert.Equal(own, Resolve(Database, LambdaName.ToUpperInvariant()));
        Assert.NotEqual(own, Resolve(Database, "sts.us-east-1.amazonaws.com"));
        Assert.NotEqual(own, Resolve(Other, LambdaName));
        Assert.Equal([true, true, false], made.Select(door => door.IsOpen));
    }

    [Theory]
    [InlineData("eni-nobody", LambdaName, 443)]
    [InlineData(Database, LambdaName, 80)]
    [InlineData(Database, "example.com", 443)]
    [InlineData(Database, EndpointName, 443)]
    public void What_the_resolver_does_not_know_has_no_door(string networkInterface, string name, int port)
    {
        Assert.Null(doors.Resolve(Account, Region, networkInterface, name, port));
        Assert.Empty(made);
    }

    [Fact]
    public async Task Doors_open_and_shut_with_each_change_and_go_with_their_interface()
    {
        Resolve(Database, LambdaName);
        Resolve(Other, LambdaName);
        foreach (var (changed, open) in new[] { (withBoth, (true, true)), (withNone, (false, false)), (network with { Version = 4 }, (true, false)) })
        {
            Change(changed);
            Assert.Equal(open, (made[0].IsOpen, made[1].IsOpen));
        }

        Change(now with { Version = 5, NetworkInterfaces = now.NetworkInterfaces.Without(Database) });

        Assert.Equal((false, false), (made[0].IsOpen, made[1].IsOpen));
        Assert.Null(Resolve(Database, LambdaName));
        await Assert.ThrowsAsync<AwsException>(() => FindAsync(made[0], "root"));
    }

    [Fact]
    public void A_change_elsewhere_changes_nothing()
    {
        Resolve(Database, LambdaName);
        now = withNone with { AccountId = "111122223333" };
        doors.Follow(now);
        now = withNone with { Region = "eu-west-1" };
        doors.Follow(now);
        Assert.True(made[0].IsOpen);
    }

    /// <param name="door">Whose door the request comes in at; null: at the front.</param>
    /// <param name="key">Whose key signs it.</param>
    /// <param name="way">The address that the way of the request begins with; <c>here</c>: this machine; null: it gets no answer.</param>
    [Theory]
    [InlineData("one open", null, "root", "here")]
    [InlineData("one open", null, Database, "10.0.1.10")]
    [InlineData("one open", null, Other, null)]
    [InlineData("one open", Database, "root", "10.0.1.10")]
    [InlineData("one open", Database, Database, "10.0.1.10")]
    [InlineData("one open", Database, Other, null)]
    [InlineData("one open", Database, "eni-gone", null)]
    [InlineData("both open", Database, Other, "10.0.2.10")]
    [InlineData("both open", Other, Database, "10.0.1.10")]
    [InlineData("none open", null, Database, null)]
    public async Task Keys_of_a_server_have_its_way_only_wherever_they_are_used(string open, string? door, string key, string? way)
    {
        Resolve(Database, LambdaName);
        Resolve(Other, LambdaName);
        Change(open switch { "both open" => withBoth, "none open" => withNone, _ => network });
        using var gone = new CancellationTokenSource();

        var finding = FindAsync(door switch { null => null, Database => made[0], _ => made[1] }, key, aborted: gone.Token);

        if (way is null)
        {
            Assert.False(finding.IsCompleted);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
        }
        else
        {
            Assert.True(finding.IsCompleted);
            Assert.Equal(way, (await finding)?.PrivateAddress.ToString() ?? "here");
        }
    }

    [Theory]
    [InlineData("sts", Region)]
    [InlineData("lambda", "eu-west-1")]
    public async Task Door_of_another_API_is_refused(string service, string region)
    {
        Resolve(Database, LambdaName);
        await Assert.ThrowsAsync<AwsException>(() => FindAsync(made[0], Database, service: service, region: region));
    }

    [Fact]
    public async Task Nothing_is_decided_by_request_while_nothing_changes()
    {
        var caller = Caller.Root(Account, Database);
        Resolve(Database, LambdaName);
        var first = await FindAsync(made[0], caller);

        Resolve(Database, LambdaName);
        doors.Follow(now);

        Assert.Same(first, await FindAsync(made[0], caller));
        Assert.Equal(1, lookups);
    }

    [Fact]
    public void Who_asks_for_many_names_keeps_few_doors_that_nobody_uses()
    {
        Change(withNone); // nobody comes in
        Resolve(Other, LambdaName);
        for (var number = 0; number < 200; number++)
            Assert.NotNull(Resolve(Database, $"service-{number}.us-east-1.amazonaws.com"));

        Change(withBoth with { Version = 4 }); // opens those that are left

        Assert.InRange(made[1..].Count(door => door.IsOpen), 1, 32);
        Assert.True(made[0].IsOpen); // another's
    }

    private IPEndPoint? Resolve(string networkInterface, string name) => doors.Resolve(Account, Region, networkInterface, name, 443);

    private void Change(Network changed)
    {
        now = changed;
        doors.Follow(changed);
    }

    private Task<NetworkRoute?> FindAsync(
        SideDoor? door, string key, string service = "lambda", string region = Region, CancellationToken? aborted = null) =>
        FindAsync(door, Caller.Root(Account, key), service, region, aborted);

    private Task<NetworkRoute?> FindAsync(
        SideDoor? door, Caller caller, string service = "lambda", string region = Region, CancellationToken? aborted = null)
    {
        var described = new AwsService { Name = service, Version = "1", Protocol = new QueryProtocol(), Operations = [] };
        return doors.FindAsync(door, caller, described, region, aborted ?? TestContext.Current.CancellationToken).AsTask();
    }
}
