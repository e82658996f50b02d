using System.Diagnostics.CodeAnalysis;

namespace Daybreak.Aws;

/// <summary>
/// A Region by its code (<c>eu-central-1</c>). Only the syntax is checked, so that Regions work that opened after this was written.
/// </summary>
public sealed record AwsRegion
{
    private AwsRegion(string code) => (Code, Partition) = (code, AwsPartition.OfRegion(code));

    public string Code { get; }

    public AwsPartition Partition { get; }

    /// <summary>
    /// Accepts lower-case words and a final number, joined by hyphens: <c>us-east-1</c>, <c>us-gov-west-1</c>, <c>mx-central-1</c>. The
    /// code becomes part of a host name, so nothing else may be accepted.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? code, [NotNullWhen(true)] out AwsRegion? region)
    {
        region = IsWellFormed(code) ? new AwsRegion(code!) : null;
        return region is not null;
    }

    /// <exception cref="FormatException">Not the syntax of a region.</exception>
    public static AwsRegion Parse(string code) =>
        TryParse(code, out var region) ? region : throw new FormatException($"'{code}' is not an AWS region");

    /// <summary>The base address of a regional service: <c>https://lambda.cn-north-1.amazonaws.com.cn</c>.</summary>
    /// <param name="service">Endpoint prefix, as in host names: <c>lambda</c>, <c>sts</c>, <c>logs</c>.</param>
    /// <param name="variant">Which of its endpoints; all partitions have all of them.</param>
    /// <remarks>As the endpoint rules of AWS's SDKs have it for Lambda and STS (<c>tests/golden/endpoints.txt</c>).</remarks>
    public Uri Endpoint(string service, EndpointVariant variant = default)
    {
        // Amazon S3 has its endpoints with IPv6 addresses below the older domain.
        if (service == "s3" && variant.DualStack)
            return new($"https://s3{(variant.Fips ? "-fips" : "")}.dualstack.{Code}.{Partition.DnsSuffix}");
        // STS of GovCloud has no other name for FIPS: all of its endpoints are validated.
        var isNamedFips = variant.Fips && (service != "sts" || variant.DualStack || Partition != AwsPartition.GovCloud);
        var suffix = variant.DualStack ? Partition.DualStackDnsSuffix : Partition.DnsSuffix;
        return new($"https://{service}{(isNamedFips ? "-fips" : "")}.{Code}.{suffix}");
    }

    public override string ToString() => Code;

    internal static bool IsWellFormed(ReadOnlySpan<char> code)
    {
        if (code.Length is 0 or > 32)
            return false;
        var words = 0;
        foreach (var range in code.Split('-'))
        {
            var word = code[range];
            var last = range.End.GetOffset(code.Length) == code.Length;
            if (word.IsEmpty || (last ? word.ContainsAnyExceptInRange('0', '9') : word.ContainsAnyExceptInRange('a', 'z')))
                return false;
            words++;
        }
        return words >= 3;
    }
}
