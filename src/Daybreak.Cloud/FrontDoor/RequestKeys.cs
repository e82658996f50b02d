using Daybreak.Cloud.Policy;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Global condition keys that follow from the HTTP request.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html</remarks>
/// <param name="route">The route through a VPC; null for requests from this machine.</param>
public sealed class RequestKeys(AwsRequest request, string region, NetworkRoute? route = null) : IContextKeys
{
    public bool TryGet(string key, out StringValues values)
    {
        string? value = null;
        if (Is(key, "aws:RequestedRegion"))
            value = region;
        else if (Is(key, "aws:SourceIp"))
            value = (route is null ? request.RemoteAddress?.MapToIPv4() : route.PublicAddress)?.ToString();
        else if (Is(key, "aws:SourceVpce"))
            value = route?.EndpointId;
        else if (Is(key, "aws:SourceVpc"))
            value = route?.EndpointId is null ? null : route.VpcId;
        else if (Is(key, "aws:VpcSourceIp"))
            value = route?.EndpointId is null ? null : route.PrivateAddress.ToString();
        else if (Is(key, "aws:UserAgent"))
            value = request.Header("User-Agent");
        else if (Is(key, "aws:Referer"))
            value = request.Header("Referer");
        else if (Is(key, "aws:SecureTransport") || Is(key, "aws:ViaAWSService"))
            value = "false";
        values = value;
        return value is not null;
    }

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
