using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Kms.Keys;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms.Policies;

internal sealed record PutKeyPolicyRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Length(1, 128), Pattern("[\\w]+")]
    public string? PolicyName { get; init; }

    [Length(1, 131072), Pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+")]
    public required string Policy { get; init; }

    public bool? BypassPolicyLockoutSafetyCheck { get; init; }
}

internal sealed record GetKeyPolicyRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Length(1, 128), Pattern("[\\w]+")]
    public string? PolicyName { get; init; }
}

internal sealed record GetKeyPolicyResponse
{
    public required string Policy { get; init; }

    public required string PolicyName { get; init; }
}

internal sealed record ListKeyPoliciesRequest : INamesKey
{
    [KeyId]
    public required string KeyId { get; init; }

    [Range(1, 1000)]
    public int? Limit { get; init; }

    [Marker]
    public string? Marker { get; init; }
}

internal sealed record ListKeyPoliciesResponse
{
    public required IReadOnlyList<string> PolicyNames { get; init; }

    public required bool? Truncated { get; init; }
}

/// <summary>The policies of keys: their operations, and how they decide about the others.</summary>
internal sealed class KeyPolicies(KeyStore keys, IPrincipalIds principals, IPermissions permissions)
{
    private const string Name = "default";

    private static readonly ServiceAction PutKeyPolicy = new("kms:PutKeyPolicy");

    public IEnumerable<AwsOperation> Operations() =>
        [
            Row<PutKeyPolicyRequest, NoMembers>("PutKeyPolicy", PutAsync),
            Row<GetKeyPolicyRequest, GetKeyPolicyResponse>(
                "GetKeyPolicy",
                (request, context) => ValueTask.FromResult(Get(request, context))
            ),
            Row<ListKeyPoliciesRequest, ListKeyPoliciesResponse>(
                "ListKeyPolicies",
                (request, context) => ValueTask.FromResult(List(request, context))
            ),
        ];

    /// <summary>The policy of a key for which none was given: the account's identity policies decide.</summary>
    public static string Default(string accountId) =>
        $$"""
            {
              "Version" : "2012-10-17",
              "Id" : "key-default-1",
              "Statement" : [ {
                "Sid" : "Enable IAM User Permissions",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "arn:aws:iam::{{accountId}}:root"
                },
                "Action" : "kms:*",
                "Resource" : "*"
              } ]
            }
            """;

    /// <summary>An operation on a key, whose policy decides.</summary>
    public AwsOperation Row<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        Func<TRequest, ContextKeys>? keysOf = null
    )
        where TRequest : class, INamesKey
        where TResponse : class =>
        new AwsOperation<TRequest, TResponse>(name, run)
        {
            Resource = (request, context) => ArnOf(request.KeyId, context),
            ResourcePolicy = (request, context) =>
                keys.Find(request.KeyId, context) is { } key ? PolicyOf(key) : PolicyOfManaged(request.KeyId, context),
            Keys = (request, context) => KeysOf(keys.Find(request.KeyId, context), context, keysOf?.Invoke(request) ?? []),
        };

    /// <summary>The permission of an operation on a key.</summary>
    public ResourcePermission On(string keyId, OperationContext context, ContextKeys? more = null, string? action = null)
    {
        var key = keys.Find(keyId, context);
        return new ResourcePermission(ArnOf(keyId, context), KeysOf(key, context, more ?? []), action)
        {
            Policy = key is null ? PolicyOfManaged(keyId, context) : PolicyOf(key),
        };
    }

    /// <summary>The policy of the key with an ARN.</summary>
    public AttachedPolicy? PolicyOf(string arn) =>
        Arn.TryParse(arn, out var parsed)
        && parsed.Resource.Split('/', 2) is ["key", var id]
        && keys.Find(new ResourceKey(parsed.AccountId, parsed.Region, id)) is { } key
            ? PolicyOf(key)
            : null;

    /// <summary>The key with another policy.</summary>
    /// <exception cref="AwsException">It is no policy, or the caller could not change it again.</exception>
    public Key With(Key key, string policy, bool bypass, OperationContext context)
    {
        if (!PolicyParser.TryParse(policy, PolicyDialect.ResourcePolicy, out var document, out var defect))
            throw KmsErrors.MalformedPolicy(defect);
        var ids =
            NamedPrincipals.IdsOf(document, principals, out _)
            ?? throw KmsErrors.MalformedPolicy("Policy contains a statement with one or more invalid principals.");
        var changed = key with { Policy = policy, PolicyPrincipals = ids };
        if (!bypass && permissions.Denial(context, PutKeyPolicy, key.Arn, KeysOf(key, context, []), PolicyOf(changed)) is not null)
            throw KmsErrors.LockOut();
        return changed;
    }

    public async ValueTask<NoMembers> PutAsync(PutKeyPolicyRequest request, OperationContext context)
    {
        CheckName(request.PolicyName);
        await keys.ChangeAsync(
            request.KeyId,
            context,
            key => With(KeyOperations.Kept(key), request.Policy, request.BypassPolicyLockoutSafetyCheck == true, context)
        );
        return NoMembers.Instance;
    }

    public GetKeyPolicyResponse Get(GetKeyPolicyRequest request, OperationContext context)
    {
        CheckName(request.PolicyName);
        return new GetKeyPolicyResponse { Policy = TextOf(keys.Named(request.KeyId, context)), PolicyName = Name };
    }

    public ListKeyPoliciesResponse List(ListKeyPoliciesRequest request, OperationContext context)
    {
        _ = keys.Named(request.KeyId, context);
        return new ListKeyPoliciesResponse { PolicyNames = [Name], Truncated = false };
    }

    private string ArnOf(string keyId, OperationContext context)
    {
        if (keys.Find(keyId, context) is { } key)
            return key.Arn;
        try
        {
            var reference = KeyReference.Of(keyId, context);
            return reference.IsAlias ? KeyReference.AliasArnOf(reference.Place) : KeyReference.ArnOf(reference.Place);
        }
        catch (AwsException)
        {
            return "*";
        }
    }

    /// <summary>The policy that a key of AWS's own will have: who may not use it does not make it either.</summary>
    private static AttachedPolicy? PolicyOfManaged(string keyId, OperationContext context)
    {
        if (!ManagedKeys.Has(keyId))
            return null;
        var text = ManagedKeys.PolicyOf(context.AccountId, context.Region, keyId);
        return new AttachedPolicy(PolicyKind.Key, keyId, CompiledPolicies.Of(text, PolicyDialect.ResourcePolicy));
    }

    private AttachedPolicy PolicyOf(Key key) =>
        new(PolicyKind.Key, key.Arn, CompiledPolicies.Of(TextOf(key), PolicyDialect.ResourcePolicy));

    private string TextOf(Key key) => NamedPrincipals.TextOf(key.Policy, key.PolicyPrincipals, principals);

    private ContextKeys KeysOf(Key? key, OperationContext context, ContextKeys result)
    {
        result.Add("kms:CallerAccount", context.Caller.AccountId);
        if (key is null)
            return result;
        result.Add("kms:KeySpec", KeyOperations.Symmetric);
        result.Add("kms:KeyUsage", "ENCRYPT_DECRYPT");
        result.Add("kms:KeyOrigin", "AWS_KMS");
        result.Add("kms:ResourceAliases", keys.AliasesOf(key).ToArray());
        foreach (var (tag, value) in key.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
            result.Add("aws:ResourceTag/" + tag, value);
        return result;
    }

    private static void CheckName(string? name)
    {
        if (name is not (null or Name))
            throw NotImplemented.Of($"key policies of the name {name}: there is only {Name}");
    }
}
