using System.Collections.Immutable;

namespace Daybreak.Aws;

/// <summary>A group of Regions with its own accounts, ARNs and domains, as botocore's <c>partitions.json</c> lists them.</summary>
/// <param name="Name">As in ARNs: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="RegionPrefix">How the codes of its Regions begin; empty for the partition of all others.</param>
/// <param name="DnsSuffix">The domain of the partition's endpoints.</param>
/// <param name="DualStackDnsSuffix">The domain of those that have IPv6 addresses too.</param>
public sealed record AwsPartition(string Name, string RegionPrefix, string DnsSuffix, string DualStackDnsSuffix)
{
    public static AwsPartition Aws { get; } = new("aws", "", "amazonaws.com", "api.aws");

    public static AwsPartition China { get; } = new("aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn");

    public static AwsPartition GovCloud { get; } = new("aws-us-gov", "us-gov-", "amazonaws.com", "api.aws");

    /// <summary>All but <see cref="Aws"/>.</summary>
    private static readonly ImmutableArray<AwsPartition> Others =
    [
        China,
        GovCloud,
        new("aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
        new("aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
        new("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
        new("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
        new("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
    ];

    /// <summary>Returns the partition with this name in ARNs; null when there is none.</summary>
    public static AwsPartition? FromName(string name) =>
        name == Aws.Name ? Aws : Others.FirstOrDefault(partition => partition.Name == name);

    /// <summary>The partition of a Region; that of commercial ones when no other claims it.</summary>
    internal static AwsPartition OfRegion(string code) =>
        Others.FirstOrDefault(partition => code.StartsWith(partition.RegionPrefix, StringComparison.Ordinal)) ?? Aws;

    public override string ToString() => Name;
}
