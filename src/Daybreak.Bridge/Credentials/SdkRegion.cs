using Amazon.Runtime;

namespace Daybreak.Bridge.Credentials;

/// <summary>The Region of the profile, otherwise of the machine by its metadata, from the AWS SDK.</summary>
public static class SdkRegion
{
    public static string? LookUp()
    {
        try
        {
            return FallbackRegionFactory.GetRegionEndpoint(true)?.SystemName;
        }
        catch (AmazonClientException)
        {
            return null;
        }
    }
}
