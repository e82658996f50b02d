using Daybreak.Aws;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Reachability;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;

namespace Daybreak.Cloud.Tests.Ec2.Reachability;

public sealed class PathCacheTests
{
    private const string Account = "444455556666";
    private const string Region = "us-east-1";

    private readonly PathCache _cache;
    private Network _now = Public with { Version = 1 };

    public PathCacheTests() => _cache = new PathCache((_, _) => _now);

    [Fact]
    public void Nothing_is_decided_anew_while_the_network_is_the_same()
    {
        var other = ApiHost.Of("sts", AwsRegion.Parse(Region));
        var (path, pathToOther) = (Find(), Find(host: other));

        Assert.Same(path, Find());
        Assert.Same(pathToOther, Find(host: other));
        // An equal host that was read from its name is the same host.
        Assert.True(ApiHost.TryParse(SampleNetworks.Lambda.Name, out var read));
        Assert.Same(path, Find(host: read));
    }

    [Fact]
    public void Every_version_is_decided_anew()
    {
        var before = Find();
        _now = Public.WithoutRoutes(DatabaseTable) with { Version = 2 };
        Assert.Equal((true, false), (before!.IsOpen, Find()!.IsOpen));
        _now = Public with { Version = 3 };
        Assert.True(Find()!.IsOpen);
        Assert.NotSame(before, Find());
    }

    [Fact]
    public void Interfaces_and_accounts_are_told_apart()
    {
        _now = _now with
        {
            NetworkInterfaces = _now.NetworkInterfaces.With(
                Interface("eni-2", FarSubnet, "10.0.2.40", InterfaceUse.Database, DatabaseGroup)
            ),
        };

        Assert.True(Find()!.IsOpen);
        Assert.False(Find("eni-2")!.IsOpen);
        Assert.NotSame(Find(), _cache.Find("111122223333", Region, Database, SampleNetworks.Lambda));
    }

    [Fact]
    public void Interface_that_is_gone_has_no_path()
    {
        Assert.NotNull(Find());
        _now = _now with { Version = 2, NetworkInterfaces = _now.NetworkInterfaces.Without(Database) };
        Assert.Null(Find());
        Assert.Null(Find("eni-nobody"));
    }

    private NetworkPath? Find(string networkInterface = Database, ApiHost? host = null) =>
        _cache.Find(Account, Region, networkInterface, host ?? SampleNetworks.Lambda);
}
