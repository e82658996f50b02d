using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.PrefixLists;

namespace Daybreak.Cloud.Ec2.Reachability;

/// <summary>A host name behind which an API of AWS is, on port 443.</summary>
/// <param name="EndpointId">The VPC endpoint that the name belongs to; null for the service's ordinary name.</param>
/// <param name="Zone">The zone of the endpoint that the name belongs to: <c>us-east-1a</c>; null for none.</param>
internal sealed partial record ApiHost(string Name, string Service, string Region, string? EndpointId = null, string? Zone = null)
{
    /// <summary>The only port on which APIs answer.</summary>
    public const int Port = 443;

    private const string BucketService = "s3";

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The part of an endpoint's name that follows its id.</summary>
    public string? EndpointSuffix { get; private init; }

    /// <summary>
    /// Whether the name also has IPv6 addresses: <c>lambda.us-east-1.api.aws</c>. The ordinary one has none. Endpoints for IPv4 do not have
    /// this name.
    /// </summary>
    public bool IsDualStack { get; private init; }

    /// <summary>The ordinary name: <c>lambda.us-east-1.amazonaws.com</c>.</summary>
    public static ApiHost Of(string service, AwsRegion region) => new(region.Endpoint(service).Host, service, region.Code);

    public static bool TryParse(string name, [NotNullWhen(true)] out ApiHost? host)
    {
        host = null;
        var lower = name.ToLowerInvariant();
        var match = EndpointName().Match(lower);
        if (match.Success)
        {
            host = new ApiHost(
                lower,
                match.Groups["service"].Value,
                match.Groups["region"].Value,
                match.Groups["id"].Value,
                match.Groups["zone"] is { Success: true, Value: var zone } ? zone : null
            )
            {
                EndpointSuffix = match.Groups["suffix"].Value,
            };
            return true;
        }
        var labels = lower.Split('.');
        if (labels.Any(static label => label.Length == 0 || label.AsSpan().ContainsAnyExcept(Letters)))
            return false;
        // Buckets have names below S3's, which lead where that does.
        if (Array.LastIndexOf(labels, BucketService) is > 0 and var service)
            (labels, lower) = (labels[service..], string.Join('.', labels[service..]));
        if (labels is [var dual, var code, "api", "aws"] && AwsRegion.TryParse(code, out var there) && there.Partition == AwsPartition.Aws)
        {
            host = Of(dual, there) with { Name = lower, IsDualStack = true };
            return true;
        }
        if (labels.Length < 4 || !AwsRegion.TryParse(labels[1], out var region) || region.Endpoint(labels[0]).Host != lower)
            return false;
        host = Of(labels[0], region);
        return true;
    }

    /// <summary>The prefix list of AWS with the service's addresses, if it has one: <c>com.amazonaws.us-east-1.s3</c>.</summary>
    public string EndpointService => $"com.amazonaws.{Region}.{Service}";

    /// <summary>
    /// The public address, which is invented and follows from the name. For a Region's own S3 and DynamoDB, it is one of AWS's prefix list,
    /// and otherwise one of 52.94.0.0/16, which is Amazon's.
    /// </summary>
    /// <param name="fromRegion">The Region of whoever connects.</param>
    public IPAddress PublicAddressFor(string fromRegion)
    {
        var hash = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{Service}.{Region}"));
        return Region == fromRegion && PrefixList.OfAwsFor(fromRegion, EndpointService) is { } list
            ? list.Entries[0].Cidr.Address((int)(1 + (hash & 0xff)))
            : new IPAddress([52, 94, (byte)(hash >> 8), (byte)(1 + ((hash & 0xff) % 254))]);
    }

    [GeneratedRegex(
        @"^(?<id>vpce-[0-9a-f]{17})-(?<suffix>[0-9a-z]{8})(-(?<zone>[a-z0-9-]+))?"
            + @"\.(?<service>[a-z-]+)\.(?<region>[a-z0-9-]+)\.vpce\.amazonaws\.com(\.cn)?\z"
    )]
    private static partial Regex EndpointName();
}
