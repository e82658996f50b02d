using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.DhcpOptions;

/// <summary>A set of DHCP options as it is kept.</summary>
internal sealed record DhcpOptionsSet : Resource
{
    public const string DomainNameServers = "domain-name-servers";
    public const string AmazonProvidedDns = "AmazonProvidedDNS";

    /// <summary>Values by the name of the option: <c>domain-name</c>, <c>domain-name-servers</c>, …</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<string>> Options { get; init; }

    public override string Kind => "dhcp-options";
}
