using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.SecretsManager.Secrets;

namespace Daybreak.Cloud.SecretsManager.Policies;

internal sealed record PutResourcePolicyRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [Length(1, 20480)]
    public required string ResourcePolicy { get; init; }

    [NotImplemented]
    public bool? BlockPublicPolicy { get; init; }
}

/// <summary>The resource policies of secrets: their operations, and how they count for the others.</summary>
internal sealed class SecretPolicies(SecretStore secrets, IPrincipalIds principals)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            Row<PutResourcePolicyRequest, SecretResponse>("PutResourcePolicy", PutAsync),
            Row<SecretRequest, SecretResponse>("GetResourcePolicy", Get),
            Row<SecretRequest, SecretResponse>("DeleteResourcePolicy", DeleteAsync),
        ];

    /// <summary>An operation on a secret, whose policy counts.</summary>
    public AwsOperation Row<TRequest, TResponse>(
        string name,
        Func<TRequest, OperationContext, ValueTask<TResponse>> run,
        Func<TRequest, OperationContext, ContextKeys>? keys = null
    )
        where TRequest : class, INamesSecret
        where TResponse : class =>
        new AwsOperation<TRequest, TResponse>(name, run)
        {
            Resource = (request, context) => secrets.ArnOf(request.SecretId, context),
            // A denial names the secret as the request did.
            ShownResource = static request => request.SecretId,
            ResourcePolicy = (request, context) => secrets.Find(request.SecretId, context) is { } found ? PolicyOf(found) : null,
            Keys = (request, context) => KeysOf(request, context, keys?.Invoke(request, context) ?? []),
        };

    public AwsOperation Row<TRequest, TResponse>(string name, Func<TRequest, OperationContext, TResponse> run)
        where TRequest : class, INamesSecret
        where TResponse : class => Row<TRequest, TResponse>(name, (request, context) => ValueTask.FromResult(run(request, context)));

    /// <summary>The policy of the secret with an ARN.</summary>
    public AttachedPolicy? PolicyOf(string arn) => secrets.WithArn(arn) is { } secret ? PolicyOf(secret) : null;

    public ValueTask<SecretResponse> PutAsync(PutResourcePolicyRequest request, OperationContext context)
    {
        if (!PolicyParser.TryParse(request.ResourcePolicy, PolicyDialect.ResourcePolicy, out var document, out var defect))
            throw SecretsErrors.MalformedPolicy(defect);
        var ids =
            NamedPrincipals.IdsOf(document, principals, out _)
            ?? throw SecretsErrors.MalformedPolicy("This resource policy contains an unsupported principal");
        return secrets.ChangeAsync(
            request,
            context,
            secret => (secret with { Policy = request.ResourcePolicy, PolicyPrincipals = ids }, SecretOperations.Answer(secret, null))
        );
    }

    public SecretResponse Get(SecretRequest request, OperationContext context)
    {
        var secret = secrets.Usable(request.SecretId, context);
        return SecretOperations.Answer(secret, null) with { ResourcePolicy = TextOf(secret) };
    }

    public ValueTask<SecretResponse> DeleteAsync(SecretRequest request, OperationContext context) =>
        secrets.ChangeAsync(
            request,
            context,
            static secret => (secret with { Policy = null, PolicyPrincipals = null }, SecretOperations.Answer(secret, null))
        );

    private string? TextOf(Secret secret) =>
        secret.Policy is { } text ? NamedPrincipals.TextOf(text, secret.PolicyPrincipals, principals) : null;

    private AttachedPolicy? PolicyOf(Secret secret) =>
        TextOf(secret) is { } text
            ? new AttachedPolicy(PolicyKind.Resource, secret.Arn, CompiledPolicies.Of(text, PolicyDialect.ResourcePolicy))
            : null;

    private ContextKeys KeysOf(INamesSecret request, OperationContext context, ContextKeys keys)
    {
        if (secrets.Find(request.SecretId, context) is not { } secret)
            return keys;
        keys.Add("secretsmanager:SecretId", secret.Arn);
        foreach (var (key, value) in secret.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            keys.Add("aws:ResourceTag/" + key, value);
            keys.Add("secretsmanager:ResourceTag/" + key, value);
        }
        return keys;
    }
}
