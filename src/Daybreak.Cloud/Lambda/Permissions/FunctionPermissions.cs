using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary>
/// Resource policies of functions: AddPermission, RemovePermission, GetPolicy. A policy belongs to exactly the qualifier it was
/// added for; the unqualified one governs unqualified calls only.
/// </summary>
internal sealed class FunctionPermissions(ResourceTable<FunctionPolicy> table, FunctionStore functions, IPrincipalIds principals)
{
    private const int SizeLimit = 20_480;

    private readonly KeyedLock<ResourceKey> _changes = new();

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<AddPermissionRequest, AddPermissionResponse>("AddPermission", AddAsync)
            {
                Route = "POST /2015-03-31/functions/{FunctionName}/policy",
                SuccessStatus = 201,
                Resource = FunctionArns.Of,
            },
            new AwsOperation<FunctionRequest, GetPolicyResponse>("GetPolicy", Get)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}/policy",
                Resource = FunctionArns.Of,
            },
            new AwsOperation<RemovePermissionRequest, NoMembers>("RemovePermission", RemoveAsync)
            {
                Route = "DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}",
                SuccessStatus = 204,
                Resource = FunctionArns.Of,
            },
        ];

    public async ValueTask<AddPermissionResponse> AddAsync(AddPermissionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Resolve(request.FunctionName, request.Qualifier, context);
        if (reference.Qualifier == FunctionReference.Latest)
            throw LambdaErrors.LatestHasNoPolicy();
        if (!functions.Exists(reference))
            throw LambdaErrors.FunctionNotFound(reference.Arn);
        var statement = PermissionStatement.Of(request, reference.Arn, principals);
        using (await _changes.EnterAsync(KeyOf(reference)))
        {
            var policy = table.Find(KeyOf(reference));
            if (request.RevisionId is not null && request.RevisionId != policy?.RevisionId)
                throw LambdaErrors.StalePolicyRevision();
            if (policy?.Statements.Any(old => old.Sid == statement.Sid) == true)
                throw LambdaErrors.StatementExists(statement.Sid);
            var changed = FunctionPolicy.Of([.. policy?.Statements ?? [], statement]);
            if (changed.Document.Length > SizeLimit)
                throw LambdaErrors.PolicyTooLong(changed.Document.Length, SizeLimit);
            await table.PutAsync(KeyOf(reference), changed);
        }
        return new AddPermissionResponse { Statement = statement.Json };
    }

    public async ValueTask<NoMembers> RemoveAsync(RemovePermissionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Resolve(request.FunctionName, request.Qualifier, context);
        if (!functions.Exists(reference))
            throw LambdaErrors.NoPolicyFor(reference.Arn);
        using (await _changes.EnterAsync(KeyOf(reference)))
        {
            var policy = table.Find(KeyOf(reference)) ?? throw LambdaErrors.NoPolicyAssociated();
            if (request.RevisionId is not null && request.RevisionId != policy.RevisionId)
                throw LambdaErrors.StalePolicyRevision();
            var left = policy.Statements.RemoveAll(statement => statement.Sid == request.StatementId);
            if (left.Length == policy.Statements.Length)
                throw LambdaErrors.NoSuchStatement(request.StatementId);
            if (left.IsEmpty)
                await table.RemoveAsync(KeyOf(reference));
            else
                await table.PutAsync(KeyOf(reference), FunctionPolicy.Of(left));
        }
        return NoMembers.Instance;
    }

    public GetPolicyResponse Get(FunctionRequest request, OperationContext context)
    {
        var policy =
            table.Find(KeyOf(FunctionReference.Resolve(request.FunctionName, request.Qualifier, context)))
            ?? throw LambdaErrors.NoSuchResource();
        return new GetPolicyResponse { Policy = policy.TextFor(principals), RevisionId = policy.RevisionId };
    }

    /// <summary>A function's policies go with it, so that the next function of its name starts without.</summary>
    public async ValueTask RemoveAllAsync(FunctionReference reference)
    {
        var unqualified = reference with { Qualifier = null };
        foreach (var (key, _) in table.All())
        {
            if (
                key == KeyOf(unqualified)
                || (
                    key.AccountId == reference.AccountId
                    && key.Region == reference.Region
                    && key.Name.StartsWith(reference.Name + ":", StringComparison.Ordinal)
                )
            )
                await table.RemoveAsync(key);
        }
    }

    /// <summary>For the decision about a request that names a function; null when the function has no policy.</summary>
    public AttachedPolicy? PolicyOf(string functionName, string? qualifier, OperationContext context) =>
        PolicyOf(FunctionReference.Resolve(functionName, qualifier, context));

    /// <summary>The same for an ARN.</summary>
    public AttachedPolicy? PolicyOf(string functionArn)
    {
        if (
            !Arn.TryParse(functionArn, out var arn)
            || arn.Resource.Split(':') is not ["function", var name, .. var rest]
            || rest.Length > 1
        )
            return null;
        var reference = new FunctionReference(arn.AccountId, arn.Region, name, rest.FirstOrDefault());
        return PolicyOf(reference);
    }

    private AttachedPolicy? PolicyOf(FunctionReference reference) =>
        table.Find(KeyOf(reference)) is { } policy
            ? new AttachedPolicy(
                PolicyKind.Resource,
                reference.Arn,
                CompiledPolicies.Of(policy.TextFor(principals), PolicyDialect.ResourcePolicy)
            )
            : null;

    private static ResourceKey KeyOf(FunctionReference reference) =>
        new(
            reference.AccountId,
            reference.Region,
            reference.Qualifier is null ? reference.Name : $"{reference.Name}:{reference.Qualifier}"
        );
}
