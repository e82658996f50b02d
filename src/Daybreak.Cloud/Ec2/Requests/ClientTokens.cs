using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Requests;

/// <summary>Requests that are sent again: the client's token tells that they mean the same resource.</summary>
internal static class ClientTokens
{
    /// <summary>What an earlier request with the same token made; null when there was none.</summary>
    /// <param name="isAsAsked">Whether the earlier request asked for the same.</param>
    /// <exception cref="Aws.AwsException">IdempotentParameterMismatch</exception>
    public static T? Earlier<T>(IEnumerable<T> resources, string? token, Func<T, string?> tokenOf, Func<T, bool> isAsAsked)
        where T : Resource
    {
        if (string.IsNullOrEmpty(token) || resources.FirstOrDefault(resource => tokenOf(resource) == token) is not { } earlier)
            return null;
        return isAsAsked(earlier) ? earlier : throw Ec2Errors.TokenReused();
    }
}
