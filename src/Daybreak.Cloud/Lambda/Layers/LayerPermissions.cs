using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>The policies of layer versions, by which other accounts may use them.</summary>
internal sealed class LayerPermissions(LayerVersions versions, IPrincipalIds principals)
{
    private const int SizeLimit = 20_480;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<AddLayerVersionPermissionRequest, AddLayerVersionPermissionResponse>("AddLayerVersionPermission", AddAsync)
            {
                Route = "POST /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
                SuccessStatus = 201,
                Resource = PublishedLayers.ArnOfVersion,
            },
            new AwsOperation<GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse>("GetLayerVersionPolicy", Get)
            {
                Route = "GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
                Resource = PublishedLayers.ArnOfVersion,
            },
            new AwsOperation<RemoveLayerVersionPermissionRequest, NoMembers>("RemoveLayerVersionPermission", RemoveAsync)
            {
                Route = "DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}",
                SuccessStatus = 204,
                Resource = PublishedLayers.ArnOfVersion,
            },
        ];

    public async ValueTask<AddLayerVersionPermissionResponse> AddAsync(AddLayerVersionPermissionRequest request, OperationContext context)
    {
        var (layer, _) = PublishedLayers.VersionOf(request, context);
        using (await versions.EnterAsync(layer))
        {
            var version = Find(request, context);
            var statement = PermissionStatement.Of(request, version.Arn, principals);
            if (request.RevisionId is not null && request.RevisionId != version.Policy?.RevisionId)
                throw LambdaErrors.StaleLayerPolicyRevision();
            if (version.Policy?.Statements.Any(old => old.Sid == statement.Sid) == true)
                throw LambdaErrors.StatementExists(statement.Sid);
            var policy = FunctionPolicy.Of([.. version.Policy?.Statements ?? [], statement]);
            if (policy.Document.Length > SizeLimit)
                throw LambdaErrors.PolicyTooLong(policy.Document.Length, SizeLimit);
            await ReplaceAsync(version, policy);
            return new AddLayerVersionPermissionResponse { Statement = statement.Json, RevisionId = policy.RevisionId };
        }
    }

    public GetLayerVersionPolicyResponse Get(GetLayerVersionPolicyRequest request, OperationContext context)
    {
        var policy = Find(request, context).Policy ?? throw LambdaErrors.NoPolicyAssociated();
        return new GetLayerVersionPolicyResponse { Policy = policy.TextFor(principals), RevisionId = policy.RevisionId };
    }

    public async ValueTask<NoMembers> RemoveAsync(RemoveLayerVersionPermissionRequest request, OperationContext context)
    {
        var (layer, _) = PublishedLayers.VersionOf(request, context);
        using (await versions.EnterAsync(layer))
        {
            var version = Find(request, context);
            var policy = version.Policy ?? throw LambdaErrors.NoPolicyAssociated();
            if (request.RevisionId is not null && request.RevisionId != policy.RevisionId)
                throw LambdaErrors.StaleLayerPolicyRevision();
            var left = policy.Statements.RemoveAll(statement => statement.Sid == request.StatementId);
            if (left.Length == policy.Statements.Length)
                throw LambdaErrors.NoSuchStatement(request.StatementId);
            await ReplaceAsync(version, left.IsEmpty ? null : FunctionPolicy.Of(left));
        }
        return NoMembers.Instance;
    }

    private LayerVersion Find(INamesLayerVersion request, OperationContext context)
    {
        var (layer, version) = PublishedLayers.VersionOf(request, context);
        return versions.Find(layer, version) ?? throw LambdaErrors.LayerVersionNotFound(layer.ArnOf(version));
    }

    private async Task ReplaceAsync(LayerVersion version, FunctionPolicy? policy)
    {
        if (!await versions.TryReplaceAsync(version, version with { Policy = policy }))
            throw LambdaErrors.LayerVersionNotFound(version.Arn); // a reset has removed everything meanwhile
    }
}
