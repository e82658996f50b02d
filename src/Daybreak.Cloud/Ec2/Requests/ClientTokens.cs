using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Requests;

/// <summary>Recognizes repeated requests by their client token.</summary>
internal static class ClientTokens
{
    /// <summary>The resource that an earlier request with the same token created; null when there was none.</summary>
    /// <param name="isAsAsked">Whether the earlier request had the same parameters.</param>
    /// <exception cref="Aws.AwsException">IdempotentParameterMismatch</exception>
    public static T? Earlier<T>(IEnumerable<T> resources, string? token, Func<T, string?> tokenOf, Func<T, bool> isAsAsked)
        where T : Resource
    {
        if (string.IsNullOrEmpty(token) || resources.FirstOrDefault(resource => tokenOf(resource) == token) is not { } earlier)
            return null;
        return isAsAsked(earlier) ? earlier : throw Ec2Errors.TokenReused();
    }
}
