namespace Daybreak.Aws;

/// <summary>A group of Regions with its own accounts, ARNs and domain. <c>aws-iso</c> partitions are not supported.</summary>
/// <param name="Name">As in ARNs: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="DnsSuffix">The domain of the partition's endpoints.</param>
public sealed record AwsPartition(string Name, string DnsSuffix)
{
    public static AwsPartition Aws { get; } = new("aws", "amazonaws.com");

    public static AwsPartition China { get; } = new("aws-cn", "amazonaws.com.cn");

    public static AwsPartition GovCloud { get; } = new("aws-us-gov", "amazonaws.com");

    /// <summary>Returns the partition with this name in ARNs; null when there is none.</summary>
    public static AwsPartition? FromName(ReadOnlySpan<char> name) =>
        name switch
        {
            "aws" => Aws,
            "aws-cn" => China,
            "aws-us-gov" => GovCloud,
            _ => null,
        };

    public override string ToString() => Name;
}
