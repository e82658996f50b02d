using System.Text.RegularExpressions;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms.Keys;
using Daybreak.Cloud.Kms.Policies;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms.Aliases;

/// <summary>Other names of keys.</summary>
internal sealed partial class AliasOperations(KeyStore keys, KeyPolicies policies, TimeProvider time)
{
    private const int PageSize = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<AliasRequest, NoMembers>("CreateAlias", CreateAsync)
            {
                Permissions = (request, context) => PermissionsOn(request.AliasName, context, request.TargetKeyId),
            },
            new AwsOperation<AliasRequest, NoMembers>("UpdateAlias", UpdateAsync)
            {
                Permissions = (request, context) =>
                    PermissionsOn(request.AliasName, context, TargetOf(request.AliasName, context), request.TargetKeyId),
            },
            new AwsOperation<DeleteAliasRequest, NoMembers>("DeleteAlias", DeleteAsync)
            {
                Permissions = (request, context) => PermissionsOn(request.AliasName, context, TargetOf(request.AliasName, context)),
            },
            new AwsOperation<ListAliasesRequest, ListAliasesResponse>("ListAliases", List),
        ];

    public async ValueTask<NoMembers> CreateAsync(AliasRequest request, OperationContext context)
    {
        CheckName(request.AliasName);
        var target = TargetOf(request, context);
        var alias = new KeyAlias(context.AccountId, context.Region, request.AliasName, target.Id, time.GetUtcNow());
        if (keys.Aliases.Find(alias.Place) is { } old && keys.Find(old.Target) is null)
            await keys.Aliases.RemoveAsync(old.Place); // its key is gone and the sweep has not come by
        return await keys.Aliases.TryAddAsync(alias.Place, alias)
            ? NoMembers.Instance
            : throw KmsErrors.AliasExists(KeyReference.AliasArnOf(alias.Place));
    }

    public async ValueTask<NoMembers> UpdateAsync(AliasRequest request, OperationContext context)
    {
        CheckName(request.AliasName);
        var alias = Find(request.AliasName, context);
        var target = TargetOf(request, context);
        await keys.Aliases.PutAsync(alias.Place, alias with { KeyId = target.Id, LastUpdatedDate = time.GetUtcNow() });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> DeleteAsync(DeleteAliasRequest request, OperationContext context)
    {
        CheckName(request.AliasName);
        await keys.Aliases.RemoveAsync(Find(request.AliasName, context).Place);
        return NoMembers.Instance;
    }

    /// <summary>AWS's own aliases are there before their keys.</summary>
    public ListAliasesResponse List(ListAliasesRequest request, OperationContext context)
    {
        var wanted = request.KeyId is { } keyId ? keys.Named(keyId, context).Id : null;
        var own = keys.AliasesOf(context.AccountId, context.Region)
            .Select(static alias => new AliasEntry
            {
                AliasName = alias.Name,
                AliasArn = KeyReference.AliasArnOf(alias.Place),
                TargetKeyId = alias.KeyId,
                CreationDate = alias.CreationDate,
                LastUpdatedDate = alias.LastUpdatedDate,
            });
        var all = own.Concat(ManagedKeys.Aliases.Select(name => Managed(name, context)))
            .Where(alias => wanted is null || alias.TargetKeyId == wanted)
            .OrderBy(static alias => alias.AliasName, StringComparer.Ordinal);
        var page = Page.Of(all, static alias => alias.AliasName, request.Limit ?? PageSize, request.Marker);
        return new ListAliasesResponse
        {
            Aliases = page.Items,
            NextMarker = page.NextMarker,
            Truncated = page.NextMarker is not null,
        };
    }

    private AliasEntry Managed(string name, OperationContext context)
    {
        var place = new ResourceKey(context.AccountId, context.Region, name);
        var key = keys.Find(place with { Name = ManagedKeys.IdOf(place.AccountId, place.Region, name) });
        return new AliasEntry
        {
            AliasName = name,
            AliasArn = KeyReference.AliasArnOf(place),
            TargetKeyId = key?.Id,
            CreationDate = key?.CreationDate,
            LastUpdatedDate = key?.CreationDate,
        };
    }

    private KeyAlias Find(string name, OperationContext context)
    {
        var place = new ResourceKey(context.AccountId, context.Region, name);
        return keys.Aliases.Find(place) is { } found && keys.Find(found.Target) is not null
            ? found
            : throw KmsErrors.AliasNotFound(KeyReference.AliasArnOf(place));
    }

    private string? TargetOf(string name, OperationContext context) =>
        keys.Aliases.Find(new ResourceKey(context.AccountId, context.Region, name))?.KeyId;

    private Key TargetOf(AliasRequest request, OperationContext context)
    {
        if (request.TargetKeyId.StartsWith(KeyReference.AliasPrefix, StringComparison.Ordinal))
            throw KmsErrors.AliasOfAlias();
        var key = KeyOperations.Kept(keys.Named(request.TargetKeyId, context));
        return key.ManagedAlias is null ? key : throw KmsErrors.AliasReserved();
    }

    private static void CheckName(string name)
    {
        if (!name.StartsWith(KeyReference.AliasPrefix, StringComparison.Ordinal) || name.Length == KeyReference.AliasPrefix.Length)
            throw KmsErrors.AliasPrefix();
        if (!Letters().IsMatch(name))
            throw KmsErrors.AliasLetters(name);
        if (ManagedKeys.IsReserved(name))
            throw KmsErrors.AliasReserved();
    }

    private IEnumerable<ResourcePermission> PermissionsOn(string alias, OperationContext context, params string?[] keyIds)
    {
        yield return new ResourcePermission(
            KeyReference.AliasArnOf(new ResourceKey(context.AccountId, context.Region, alias)),
            ContextKeys.None
        );
        foreach (var keyId in keyIds.OfType<string>())
            yield return policies.On(keyId, context);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9/_\-]+\z")]
    private static partial Regex Letters();
}
