using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.PrefixLists;

/// <summary>A prefix list as it is stored: the customer's, or AWS's with the addresses of a service that gateway endpoints lead
/// to.</summary>
internal sealed record PrefixList : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<PrefixList> Set = new(
        ResourceKind.PrefixList,
        "prefix-list",
        "network_prefix_list",
        Ec2Json.Default.PrefixList,
        static network => network.PrefixLists,
        static (network, all) => network with { PrefixLists = all }
    );

    private static readonly (string Suffix, Cidr Block)[] BlocksOfAws =
    [
        (".s3", Cidr.Parse("198.19.0.0/20")),
        (".dynamodb", Cidr.Parse("198.19.16.0/22")),
    ];

    /// <summary>The name; that of a list of AWS is, for instance, <c>com.amazonaws.us-east-1.s3</c>.</summary>
    public required string Name { get; init; }

    public bool IsIpv6 { get; init; }

    /// <summary>The number of rules or routes that a reference to the list counts for, however many entries it has.</summary>
    public required int MaxEntries { get; init; }

    /// <summary>Grows with each change of the entries.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Entries of this version and of earlier ones.</summary>
    public required ImmutableSortedDictionary<long, ImmutableArray<PrefixListEntry>> Versions { get; init; }

    public PrefixListState State { get; init; } = PrefixListState.Created;

    public string? ClientToken { get; init; }

    /// <summary>Whether the list is AWS's. Nobody can change those, and they have no versions.</summary>
    [JsonIgnore]
    public bool IsOfAws { get; private init; }

    [JsonIgnore]
    public ImmutableArray<PrefixListEntry> Entries => Versions[Version];

    public override string Kind => Set.Kind;

    /// <summary>The smallest block of the list that contains an address; null when none does.</summary>
    public Cidr? BlockOf(IPAddress address)
    {
        Cidr? smallest = null;
        foreach (var (cidr, _) in Entries)
        {
            if (cidr.Contains(address) && (smallest is null || cidr.PrefixLength > smallest.Value.PrefixLength))
                smallest = cidr;
        }
        return smallest;
    }

    /// <summary>The block of a list, of the customer or of AWS, that contains an address.</summary>
    public static Cidr? BlockOf(Network network, string id, IPAddress address) =>
        (network.PrefixLists.Find(id) ?? OfAws(network.Region).Find(id))?.BlockOf(address);

    /// <summary>
    /// The lists of AWS in a Region. Their blocks are placeholders that are never routed on the internet, as the services have no addresses
    /// here.
    /// </summary>
    public static Resources<PrefixList> OfAws(string region) =>
        Resources<PrefixList>.Of(BlocksOfAws.Select(list => Named($"com.amazonaws.{region}{list.Suffix}", list.Block)));

    /// <summary>The list of AWS with the addresses of a service, to which gateway endpoints lead; null for other services.</summary>
    public static PrefixList? OfAwsFor(string region, string serviceName) =>
        Array.Exists(BlocksOfAws, list => serviceName.EndsWith(list.Suffix, StringComparison.Ordinal))
            ? OfAws(region).All.FirstOrDefault(list => list.Name == serviceName)
            : null;

    public static Resources<PrefixList> All(Network network) => network.PrefixLists.With(OfAws(network.Region).All);

    public static PrefixList Find(Network network, string? id) =>
        network.PrefixLists.Find(id) ?? ResourceKind.PrefixList.Find(OfAws(network.Region), id);

    /// <summary>The number of rules or routes of an address family that a reference to a list counts for.</summary>
    public static int WeightOf(string id, bool isIpv6, Network network) =>
        network.PrefixLists.Find(id) is { } list
            ? list.IsIpv6 == isIpv6
                ? list.MaxEntries
                : 0
            : isIpv6
                ? 0
                : 1;

    private static PrefixList Named(string name, Cidr block) =>
        new()
        {
            Id = Ec2Id.Of("pl", name)[..11],
            Name = name,
            MaxEntries = 1,
            Versions = ImmutableSortedDictionary<long, ImmutableArray<PrefixListEntry>>.Empty.Add(1, [new PrefixListEntry(block, null)]),
            IsOfAws = true,
        };
}

internal sealed record PrefixListEntry(Cidr Cidr, string? Description = null);

/// <summary>The result of the last change of a list.</summary>
internal enum PrefixListState
{
    Created,
    Modified,

    /// <summary>The change would have exceeded the quota of a group or route table that names the list.</summary>
    ModificationFailed,
    Restored,
}
