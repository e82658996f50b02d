using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Tests.Ec2.Reachability;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;

namespace Daybreak.Cloud.Tests.Ec2.Doors;

/// <summary>Two databases: one whose subnet leads out, and another one whose subnet does not.</summary>
public sealed class NetworkDoorsTests : IDisposable
{
    private const string Account = "444455556666";
    private const string Region = "us-east-1";
    private const string Other = "eni-other";
    private const string LambdaName = "lambda.us-east-1.amazonaws.com";

    private static readonly Network Network = (
        Public with
        {
            NetworkInterfaces = Public.NetworkInterfaces.With(
                Interface(Other, FarSubnet, "10.0.2.10", InterfaceUse.Database, DatabaseGroup) with
                {
                    PublicIp = IPAddress.Parse("203.0.113.6"),
                }
            ),
        }
    ) with
    {
        Version = 1,
    };

    private static readonly Network WithBoth = Network.WithRoute(FarTable, "0.0.0.0/0", RouteTargetKind.InternetGateway, Internet) with
    {
        Version = 2,
    };
    private static readonly Network WithNone = Network.WithoutRoutes(DatabaseTable) with { Version = 3 };

    private readonly FrontDoorListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<SideDoor> _made = [];
    private readonly NetworkDoors _doors;
    private Network _now = Network;
    private int _lookups;

    public NetworkDoorsTests() =>
        _doors = new NetworkDoors(
            (_, _) => _now,
            address =>
            {
                _made.Add(_listener.AddDoor(address));
                return _made[^1];
            },
            // An access key here is the id of the interface that it belongs to.
            caller =>
            {
                _lookups++;
                return caller.AccessKeyId.StartsWith("eni-", StringComparison.Ordinal) ? (Account, Region, caller.AccessKeyId) : null;
            }
        );

    public void Dispose()
    {
        _doors.Dispose();
        _listener.Dispose();
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
        Assert.Equal([true, true, false], _made.Select(door => door.IsOpen));
    }

    [Theory]
    [InlineData("eni-nobody", LambdaName, 443)]
    [InlineData(Database, LambdaName, 80)]
    [InlineData(Database, "example.com", 443)]
    [InlineData(Database, EndpointName, 443)]
    public void What_the_resolver_does_not_know_has_no_door(string networkInterface, string name, int port)
    {
        Assert.Null(_doors.Resolve(Account, Region, networkInterface, name, port));
        Assert.Empty(_made);
    }

    [Fact]
    public async Task Doors_open_and_shut_with_each_change_and_go_with_their_interface()
    {
        Resolve(Database, LambdaName);
        Resolve(Other, LambdaName);
        foreach (
            var (changed, open) in new[]
            {
                (WithBoth, (true, true)),
                (WithNone, (false, false)),
                (Network with { Version = 4 }, (true, false)),
            }
        )
        {
            Change(changed);
            Assert.Equal(open, (_made[0].IsOpen, _made[1].IsOpen));
        }

        Change(_now with { Version = 5, NetworkInterfaces = _now.NetworkInterfaces.Without(Database) });

        Assert.Equal((false, false), (_made[0].IsOpen, _made[1].IsOpen));
        Assert.Null(Resolve(Database, LambdaName));
        await Assert.ThrowsAsync<AwsException>(() => FindAsync(_made[0], "root"));
    }

    [Fact]
    public void A_change_elsewhere_changes_nothing()
    {
        Resolve(Database, LambdaName);
        _now = WithNone with { AccountId = "111122223333" };
        _doors.Follow(_now);
        _now = WithNone with { Region = "eu-west-1" };
        _doors.Follow(_now);
        Assert.True(_made[0].IsOpen);
    }

    /// <param name="door">The interface through whose door the request comes; null: the front door.</param>
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
        Change(
            open switch
            {
                "both open" => WithBoth,
                "none open" => WithNone,
                _ => Network,
            }
        );
        using var gone = new CancellationTokenSource();

        var finding = FindAsync(
            door switch
            {
                null => null,
                Database => _made[0],
                _ => _made[1],
            },
            key,
            aborted: gone.Token
        );

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
        await Assert.ThrowsAsync<AwsException>(() => FindAsync(_made[0], Database, service: service, region: region));
    }

    [Fact]
    public async Task Nothing_is_decided_by_request_while_nothing_changes()
    {
        var caller = Caller.Root(Account, Database);
        Resolve(Database, LambdaName);
        var first = await FindAsync(_made[0], caller);

        Resolve(Database, LambdaName);
        _doors.Follow(_now);

        Assert.Same(first, await FindAsync(_made[0], caller));
        Assert.Equal(1, _lookups);
    }

    [Fact]
    public void Who_asks_for_many_names_keeps_few_doors_that_nobody_uses()
    {
        Change(WithNone); // nobody comes in
        Resolve(Other, LambdaName);
        for (var number = 0; number < 200; number++)
            Assert.NotNull(Resolve(Database, $"service-{number}.us-east-1.amazonaws.com"));

        Change(WithBoth with { Version = 4 }); // opens those that are left

        Assert.InRange(_made[1..].Count(door => door.IsOpen), 1, 32);
        Assert.True(_made[0].IsOpen); // another's
    }

    private IPEndPoint? Resolve(string networkInterface, string name) => _doors.Resolve(Account, Region, networkInterface, name, 443);

    private void Change(Network changed)
    {
        _now = changed;
        _doors.Follow(changed);
    }

    private Task<NetworkRoute?> FindAsync(
        SideDoor? door,
        string key,
        string service = "lambda",
        string region = Region,
        CancellationToken? aborted = null
    ) => FindAsync(door, Caller.Root(Account, key), service, region, aborted);

    private Task<NetworkRoute?> FindAsync(
        SideDoor? door,
        Caller caller,
        string service = "lambda",
        string region = Region,
        CancellationToken? aborted = null
    )
    {
        var described = new AwsService
        {
            Name = service,
            Version = "1",
            Protocol = new QueryProtocol(),
            Operations = [],
        };
        return _doors.FindAsync(door, caller, described, region, aborted ?? TestContext.Current.CancellationToken).AsTask();
    }
}
