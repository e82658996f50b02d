using Daybreak.Cloud.Iam.Policy;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Global condition keys that follow from the HTTP request.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html</remarks>
public sealed class RequestKeys(AwsRequest request, string region) : IContextKeys
{
    public bool TryGet(string key, out StringValues values)
    {
        string? value = null;
        if (Is(key, "aws:RequestedRegion")) value = region;
        else if (Is(key, "aws:SourceIp")) value = request.RemoteAddress?.MapToIPv4().ToString();
        else if (Is(key, "aws:UserAgent")) value = request.Header("User-Agent");
        else if (Is(key, "aws:Referer")) value = request.Header("Referer");
        else if (Is(key, "aws:SecureTransport") || Is(key, "aws:ViaAWSService")) value = "false";
        values = value;
        return value is not null;
    }

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
