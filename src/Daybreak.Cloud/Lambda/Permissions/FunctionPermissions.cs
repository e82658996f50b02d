using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary>
/// Resource policies of functions: AddPermission, RemovePermission, GetPolicy. A policy belongs to exactly the qualifier that it was
/// added for; a policy without a qualifier applies to unqualified calls only.
/// </summary>
internal sealed class FunctionPermissions(FunctionPolicies policies, FunctionVersions versions, IPrincipalIds principals)
{
    private const int SizeLimit = 20_480;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<AddPermissionRequest, AddPermissionResponse>("AddPermission", AddAsync)
            {
                Route = "POST /2015-03-31/functions/{FunctionName}/policy",
                SuccessStatus = 201,
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<GetPolicyRequest, GetPolicyResponse>("GetPolicy", Get)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}/policy",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<RemovePermissionRequest, NoMembers>("RemovePermission", RemoveAsync)
            {
                Route = "DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}",
                SuccessStatus = 204,
                Resource = FunctionReference.ArnOf,
            },
        ];

    public async ValueTask<AddPermissionResponse> AddAsync(AddPermissionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        if (reference.Qualifier == FunctionReference.Latest)
            throw LambdaErrors.LatestHasNoPolicy();
        var statement = PermissionStatement.Of(request, reference.Arn, principals);
        using (await versions.EnterAsync(reference.Key))
        {
            if (versions.Find(reference) is null)
                throw reference.IsAlias ? LambdaErrors.NoSuchAlias(reference.Arn) : LambdaErrors.FunctionNotFound(reference.Arn);
            var policy = policies.Find(reference);
            if (request.RevisionId is not null && request.RevisionId != policy?.RevisionId)
                throw LambdaErrors.StalePolicyRevision();
            if (policy?.Statements.Any(old => old.Sid == statement.Sid) == true)
                throw LambdaErrors.StatementExists(statement.Sid);
            var changed = FunctionPolicy.Of([.. policy?.Statements ?? [], statement]);
            if (changed.Document.Length > SizeLimit)
                throw LambdaErrors.PolicyTooLong(changed.Document.Length, SizeLimit);
            await policies.PutAsync(reference, changed);
        }
        return new AddPermissionResponse { Statement = statement.Json };
    }

    public async ValueTask<NoMembers> RemoveAsync(RemovePermissionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        if (versions.Find(reference) is null)
            throw reference.IsAlias ? LambdaErrors.NoSuchAlias(reference.Arn) : LambdaErrors.NoPolicyFor(reference.Arn);
        using (await versions.EnterAsync(reference.Key))
        {
            var policy = policies.Find(reference) ?? throw LambdaErrors.NoPolicyAssociated();
            if (request.RevisionId is not null && request.RevisionId != policy.RevisionId)
                throw LambdaErrors.StalePolicyRevision();
            var left = policy.Statements.RemoveAll(statement => statement.Sid == request.StatementId);
            if (left.Length == policy.Statements.Length)
                throw LambdaErrors.NoSuchStatement(request.StatementId);
            if (left.IsEmpty)
                await policies.RemoveAsync(reference);
            else
                await policies.PutAsync(reference, FunctionPolicy.Of(left));
        }
        return NoMembers.Instance;
    }

    public GetPolicyResponse Get(GetPolicyRequest request, OperationContext context)
    {
        var policy = policies.Find(FunctionReference.Of(request, context)) ?? throw LambdaErrors.NoSuchResource();
        return new GetPolicyResponse { Policy = policy.TextFor(principals), RevisionId = policy.RevisionId };
    }
}
