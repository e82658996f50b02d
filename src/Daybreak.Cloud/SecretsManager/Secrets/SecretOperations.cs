using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.SecretsManager.Policies;
using Daybreak.Cloud.SecretsManager.Values;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.SecretsManager.Secrets;

/// <summary>Secrets without their values: made, described, listed, tagged, deleted and restored.</summary>
internal sealed partial class SecretOperations(SecretStore secrets, SecretValues values, SecretPolicies policies, TimeProvider time)
{
    private const int TagLimit = 50;
    private const int PageSize = 100;
    private const long DefaultWindow = 30;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CreateSecretRequest, SecretResponse>("CreateSecret", CreateAsync) { Permissions = PermissionsToCreate },
            policies.Row<SecretRequest, SecretDescription>("DescribeSecret", Describe),
            new AwsOperation<ListSecretsRequest, ListSecretsResponse>("ListSecrets", List),
            policies.Row<UpdateSecretRequest, SecretResponse>("UpdateSecret", UpdateAsync),
            policies.Row<DeleteSecretRequest, SecretResponse>("DeleteSecret", DeleteAsync),
            policies.Row<SecretRequest, SecretResponse>("RestoreSecret", RestoreAsync),
            policies.Row<TagSecretRequest, NoMembers>("TagResource", TagAsync, static (r, _) => KeysOf(r.Tags)),
            policies.Row<UntagSecretRequest, NoMembers>("UntagResource", UntagAsync, static (r, _) => KeysOf(r.TagKeys)),
        ];

    public ValueTask<SecretResponse> CreateAsync(CreateSecretRequest request, OperationContext context)
    {
        if (!Name().IsMatch(request.Name))
            throw SecretsErrors.InvalidName();
        var token = request.ClientRequestToken ?? throw SecretsErrors.TokenMissing();
        var value = SecretValue.Of(request.SecretString, request.SecretBinary);
        var tags = TagsOf(request.Tags);
        return secrets.ChangeAsync<SecretResponse>(
            new ResourceKey(context.AccountId, context.Region, request.Name),
            found =>
            {
                if (found is { DeletedDate: not null })
                    throw SecretsErrors.NameScheduledForDeletion();
                if (found is not null)
                    return found.Version(token) is null
                        ? throw SecretsErrors.SecretExists(found.Name)
                        : (found, Answer(values.With(found, token, value!, null, context), value is null ? null : token));
                var made = new Secret(context.AccountId, context.Region, request.Name, SecretStore.NewSuffix(), time.GetUtcNow())
                {
                    Description = request.Description is "" ? null : request.Description,
                    Tags = tags,
                    KmsKeyId = KeyOf(request.KmsKeyId),
                };
                if (value is not null)
                    made = values.With(made, token, value, null, context);
                return (made, Answer(made, value is null ? null : token));
            }
        );
    }

    public SecretDescription Describe(SecretRequest request, OperationContext context) =>
        SecretDescription.Of(secrets.Named(request.SecretId, context), inList: false);

    public ListSecretsResponse List(ListSecretsRequest request, OperationContext context)
    {
        var start = 0;
        if (request.NextToken is { } token && (!int.TryParse(token, out start) || start < 0))
            throw SecretsErrors.InvalidToken();
        var found = secrets
            .Of(context.AccountId, context.Region)
            .Where(secret =>
                (secret.DeletedDate is null || request.IncludePlannedDeletion == true) && SecretFilters.Match(secret, request.Filters)
            );
        Func<Secret, IComparable?> key = request.SortBy switch
        {
            "name" => static secret => secret.Name,
            "last-accessed-date" => static secret => secret.LastAccessedDate,
            "last-changed-date" => static secret => secret.LastChangedDate,
            _ => static secret => secret.CreatedDate,
        };
        var sorted = (request.SortOrder == "asc" ? found.OrderBy(key) : found.OrderByDescending(key)).ToList();
        var page = sorted.Skip(start).Take(request.MaxResults ?? PageSize).ToList();
        return new ListSecretsResponse
        {
            SecretList = [.. page.Select(static secret => SecretDescription.Of(secret, inList: true))],
            NextToken =
                start + page.Count < sorted.Count ? (start + page.Count).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
        };
    }

    public ValueTask<SecretResponse> UpdateAsync(UpdateSecretRequest request, OperationContext context)
    {
        var value = SecretValue.Of(request.SecretString, request.SecretBinary);
        var token = request.ClientRequestToken;
        if (value is not null && token is null)
            throw SecretsErrors.TokenMissing();
        return secrets.ChangeAsync(
            request,
            context,
            secret =>
            {
                SecretStore.CheckUnowned(secret);
                var changed = secret with { LastChangedDate = time.GetUtcNow() };
                if (request.Description is { } description)
                    changed = changed with { Description = description.Length == 0 ? null : description };
                if (request.KmsKeyId is { } key && KeyOf(key) != changed.KmsKeyId)
                    changed = values.Under(changed, KeyOf(key), context);
                if (value is not null)
                    changed = values.With(changed, token!, value, null, context);
                return (changed, Answer(changed, value is null ? null : token));
            }
        );
    }

    public async ValueTask<SecretResponse> DeleteAsync(DeleteSecretRequest request, OperationContext context)
    {
        var force = request.ForceDeleteWithoutRecovery == true;
        if (force && request.RecoveryWindowInDays is not null)
            throw SecretsErrors.WindowAndForce();
        if (request.RecoveryWindowInDays is < 7 or > 30)
            throw SecretsErrors.InvalidWindow();
        var now = time.GetUtcNow();
        var secret = secrets.Find(request.SecretId, context);
        if (secret is null)
        {
            // AWS deletes what is not there when it is told to do so at once.
            return !force
                ? throw SecretsErrors.SecretNotFound()
                : Answer(
                    new Secret(context.AccountId, context.Region, request.SecretId, SecretStore.NewSuffix(), now) { DeletionDate = now },
                    null
                );
        }
        SecretStore.CheckUnowned(secret);
        var end = force ? now : now.AddDays(request.RecoveryWindowInDays ?? DefaultWindow);
        return await secrets.ChangeAsync<SecretResponse>(
            secret.Key,
            found =>
            {
                if (found is null)
                    throw SecretsErrors.SecretNotFound();
                if (found.DeletedDate is not null && !force)
                    throw SecretsErrors.MarkedForDeletion();
                var deleted = found with { DeletedDate = now, DeletionDate = end };
                return (force ? null : deleted, Answer(deleted, null));
            }
        );
    }

    public ValueTask<SecretResponse> RestoreAsync(SecretRequest request, OperationContext context) =>
        secrets.ChangeAsync<SecretResponse>(
            secrets.Named(request.SecretId, context).Key,
            static found =>
                found is null
                    ? throw SecretsErrors.SecretNotFound()
                    : (found with { DeletedDate = null, DeletionDate = null }, Answer(found with { DeletionDate = null }, null))
        );

    public ValueTask<NoMembers> TagAsync(TagSecretRequest request, OperationContext context)
    {
        var added = TagsOf(request.Tags) ?? ImmutableSortedDictionary<string, string>.Empty;
        return secrets.ChangeAsync(
            request,
            context,
            secret =>
            {
                var tags = (secret.Tags ?? added).SetItems(added);
                return tags.Count <= TagLimit
                    ? (secret with { Tags = tags }, NoMembers.Instance)
                    : throw SecretsErrors.InvalidParameter($"A secret can have no more than {TagLimit} tags.");
            }
        );
    }

    public ValueTask<NoMembers> UntagAsync(UntagSecretRequest request, OperationContext context) =>
        secrets.ChangeAsync(
            request,
            context,
            secret => (secret with { Tags = secret.Tags?.RemoveRange(request.TagKeys) }, NoMembers.Instance)
        );

    public static SecretResponse Answer(Secret secret, string? version) =>
        new()
        {
            ARN = secret.Arn,
            Name = secret.Name,
            VersionId = version,
            DeletionDate = secret.DeletionDate,
        };

    private static ImmutableSortedDictionary<string, string>? TagsOf(IReadOnlyList<SecretTag>? tags)
    {
        if (tags is not { Count: > 0 })
            return null;
        var result = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
            result[tag.Key ?? ""] = tag.Value ?? "";
        if (result.Count > TagLimit)
            throw SecretsErrors.InvalidParameter($"A secret can have no more than {TagLimit} tags.");
        return result.Keys.Any(static key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            ? throw SecretsErrors.InvalidParameter("Tag keys that begin with aws: are reserved.")
            : result.ToImmutable();
    }

    /// <returns>Null for the default key.</returns>
    private static string? KeyOf(string? keyId) => keyId is null or "" or "alias/aws/secretsmanager" ? null : keyId;

    private static IEnumerable<ResourcePermission> PermissionsToCreate(CreateSecretRequest request, OperationContext context)
    {
        var arn = SecretStore.FutureArn(request.Name, context);
        var keys = KeysOf(request.Tags);
        keys.Add("secretsmanager:Name", request.Name);
        yield return new ResourcePermission(arn, keys);
        if (request.Tags is { Count: > 0 })
            yield return new ResourcePermission(arn, keys, "TagResource");
    }

    private static ContextKeys KeysOf(IReadOnlyList<SecretTag>? tags)
    {
        var keys = new ContextKeys();
        if (tags is not { Count: > 0 })
            return keys;
        keys.Add("aws:TagKeys", tags.Select(static tag => tag.Key ?? "").ToArray());
        foreach (var tag in tags)
            keys.Add("aws:RequestTag/" + tag.Key, tag.Value ?? "");
        return keys;
    }

    private static ContextKeys KeysOf(IReadOnlyList<string> tagKeys) => new ContextKeys { { "aws:TagKeys", tagKeys.ToArray() } };

    [GeneratedRegex(@"^[A-Za-z0-9/_+=.@!\-]+\z")]
    private static partial Regex Name();
}
