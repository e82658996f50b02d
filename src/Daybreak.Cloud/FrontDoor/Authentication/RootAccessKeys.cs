using System.Collections.Frozen;
using System.Collections.Immutable;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>Access keys of an account's root that were given at the start.</summary>
public sealed class RootAccessKeys(string accountId, ImmutableArray<AwsCredentials> pairs) : IAccessKeys
{
    private readonly FrozenDictionary<string, AccessKey> _pairs = pairs.ToFrozenDictionary(
        static pair => pair.AccessKeyId,
        pair => new AccessKey(pair, Caller.Root(accountId, pair.AccessKeyId))
    );

    public AccessKey? Find(string accessKeyId) => _pairs.GetValueOrDefault(accessKeyId);
}
