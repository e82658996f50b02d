namespace Daybreak.Cloud.Ec2.PrefixLists;

/// <summary>A list of blocks that AWS keeps: the addresses of a service that gateway endpoints lead to.</summary>
internal sealed record PrefixList : Resource
{
    /// <summary><c>com.amazonaws.us-east-1.s3</c></summary>
    public required string Name { get; init; }

    public required IReadOnlyList<Cidr> Cidrs { get; init; }

    public override string Kind => "prefix-list";

    /// <summary>
    /// Those of a region. The blocks are stand-ins, out of those that are never routed on the internet: here no such service has an
    /// address.
    /// </summary>
    public static Resources<PrefixList> Of(string region) => Resources<PrefixList>.Of(
    [
        Named(region, "s3", "198.19.0.0/20"),
        Named(region, "dynamodb", "198.19.16.0/22"),
    ]);

    public static PrefixList Find(Network network, string? id) => ResourceKind.PrefixList.Find(Of(network.Region), id);

    private static PrefixList Named(string region, string service, string cidr)
    {
        var name = $"com.amazonaws.{region}.{service}";
        return new PrefixList { Id = Ec2Id.Of("pl", name)[..11], Name = name, Cidrs = [Cidr.Parse(cidr)] };
    }
}
