using System.Collections.Frozen;
using System.Collections.Immutable;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>
/// Keys that come with the start: pairs of the default account's root, and for every account the key that is its number,
/// so that several accounts can be used side by side.
/// </summary>
/// <param name="pairs">Access keys of the default account's root.</param>
public sealed class RootAccessKeys(string defaultAccountId, ImmutableArray<AwsCredentials> pairs) : IAccessKeys
{
    /// <summary>Secret of the access keys that are account numbers: the same word as in the default pair.</summary>
    public const string AccountSecret = "test";

    private const int AccountIdLength = 12;

    private readonly FrozenDictionary<string, AccessKey> _pairs = pairs.ToFrozenDictionary(
        pair => pair.AccessKeyId, pair => new AccessKey(pair, Caller.Root(defaultAccountId, pair.AccessKeyId)));

    public AccessKey? Find(string accessKeyId)
    {
        if (_pairs.TryGetValue(accessKeyId, out var pair))
            return pair;
        return accessKeyId.Length == AccountIdLength && !accessKeyId.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? new AccessKey(new AwsCredentials(accessKeyId, AccountSecret), Caller.Root(accessKeyId, accessKeyId))
            : null;
    }
}
