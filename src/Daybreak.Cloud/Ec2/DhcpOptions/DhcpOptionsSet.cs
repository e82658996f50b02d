using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.DhcpOptions;

/// <summary>A set of DHCP options as it is stored.</summary>
internal sealed record DhcpOptionsSet : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<DhcpOptionsSet> Set = new(
        ResourceKind.DhcpOptions,
        "dhcp-options",
        "network_dhcp_options",
        Ec2Json.Default.DhcpOptionsSet,
        static network => network.DhcpOptions,
        static (network, all) => network with { DhcpOptions = all }
    );

    public const string DomainNameServers = "domain-name-servers";
    public const string AmazonProvidedDns = "AmazonProvidedDNS";

    /// <summary>Values by the name of their option: <c>domain-name</c>, <c>domain-name-servers</c>, …</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<string>> Options { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:DhcpOptionsID", Id);
    }
}
