using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Layers;

/// <summary>Publishes versions of layers, shows, lists and deletes them.</summary>
internal sealed class PublishedLayers(LayerVersions versions, CodeSources sources, CodeDownloads downloads, TimeProvider time)
{
    private const long RequestLimit = 70_167_211;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DeleteLayerVersionRequest, NoMembers>("DeleteLayerVersion", DeleteAsync)
            {
                Route = "DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
                SuccessStatus = 204,
                Resource = ArnOfVersion,
            },
            new AwsOperation<GetLayerVersionRequest, GetLayerVersionResponse>("GetLayerVersion", Get)
            {
                Route = "GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
                Resource = ArnOfVersion,
                ResourcePolicy = (request, context) => versions.PolicyOf(LayerReference.Of(request, context), request.VersionNumber!.Value),
            },
            new AwsOperation<GetLayerVersionByArnRequest, GetLayerVersionResponse>("GetLayerVersionByArn", GetByArn)
            {
                Action = "GetLayerVersion",
                Route = "GET /2018-10-31/layers?find=LayerVersion",
                Resource = static (request, _) => request.Arn,
                ResourcePolicy = (request, _) => versions.PolicyOf(request.Arn),
            },
            new AwsOperation<ListLayersRequest, ListLayersResponse>("ListLayers", List) { Route = "GET /2018-10-31/layers" },
            new AwsOperation<ListLayerVersionsRequest, ListLayerVersionsResponse>("ListLayerVersions", ListVersions)
            {
                Route = "GET /2018-10-31/layers/{LayerName}/versions",
            },
            new AwsOperation<PublishLayerVersionRequest, GetLayerVersionResponse>("PublishLayerVersion", PublishAsync)
            {
                Route = "POST /2018-10-31/layers/{LayerName}/versions",
                SuccessStatus = 201,
                Resource = static (request, context) => LayerReference.Of(request, context).Arn,
                RequestLimit = RequestLimit,
                TooLarge = static (_, _) => LambdaErrors.RequestTooLarge(RequestLimit, "PublishLayerVersion"),
            },
        ];

    /// <summary>The version of a layer that a request names.</summary>
    /// <exception cref="Aws.AwsException">The number is none.</exception>
    public static (LayerReference Layer, long Version) VersionOf(INamesLayerVersion request, OperationContext context) =>
        request.VersionNumber is > 0 and var number
            ? (LayerReference.Of(request, context), number)
            : throw LambdaErrors.NoLayerVersionNumber();

    /// <summary>The ARN that a policy has to name.</summary>
    public static string ArnOfVersion(INamesLayerVersion request, OperationContext context) =>
        LayerReference.Of(request, context).ArnOf(request.VersionNumber!.Value);

    /// <summary>Each publication is a new version, even when nothing has changed.</summary>
    public async ValueTask<GetLayerVersionResponse> PublishAsync(PublishLayerVersionRequest request, OperationContext context)
    {
        var layer = LayerReference.Of(request, context);
        if (layer.AccountId != context.AccountId)
            throw LambdaErrors.OtherAccount();
        if (layer.Region != context.Region)
            throw LambdaErrors.LayersOfOtherRegion(context.Region);
        var content = request.Content;
        var code = await sources.AddAsync(content.ZipFile, content.S3Bucket, content.S3Key, content.S3ObjectVersion, context);
        using (await versions.EnterAsync(layer))
        {
            var version = new LayerVersion
            {
                Layer = layer,
                Version = versions.NextOf(layer),
                Description = request.Description ?? "",
                LicenseInfo = request.LicenseInfo,
                CompatibleRuntimes = request.CompatibleRuntimes,
                CompatibleArchitectures = request.CompatibleArchitectures,
                CreatedDate = time.GetUtcNow(),
                Code = code,
            };
            await versions.AddAsync(version);
            return Shown(version, context);
        }
    }

    public GetLayerVersionResponse Get(GetLayerVersionRequest request, OperationContext context)
    {
        var (layer, version) = VersionOf(request, context);
        return Shown(versions.Find(layer, version) ?? throw LambdaErrors.NoSuchResource(), context);
    }

    public GetLayerVersionResponse GetByArn(GetLayerVersionByArnRequest request, OperationContext context) =>
        LayerReference.OfVersion(request.Arn) is var (layer, version) && versions.Find(layer, version) is { } found
            ? Shown(found, context)
            : throw LambdaErrors.NoSuchResource();

    public ListLayersResponse List(ListLayersRequest request, OperationContext context)
    {
        var newest = versions
            .In(context.AccountId, context.Region)
            .Where(version => version.Suits(request.CompatibleRuntime, request.CompatibleArchitecture))
            .GroupBy(static version => version.Layer.Name)
            .Select(static layer => layer.MaxBy(static version => version.Version)!);
        var page = Page<LayerVersion>.Of(newest, static version => version.Layer.Name, request.Marker, request.MaxItems);
        return new ListLayersResponse { Layers = [.. page.Items.Select(LayerItem.Of)], NextMarker = page.NextMarker };
    }

    public ListLayerVersionsResponse ListVersions(ListLayerVersionsRequest request, OperationContext context)
    {
        var all = versions
            .Of(LayerReference.Of(request, context))
            .Where(version => version.Suits(request.CompatibleRuntime, request.CompatibleArchitecture));
        var page = Page<LayerVersion>.Of(all, LayerVersions.PlaceOf, request.Marker, request.MaxItems);
        return new ListLayerVersionsResponse { LayerVersions = [.. page.Items.Select(LayerVersionItem.Of)], NextMarker = page.NextMarker };
    }

    /// <summary>Deleting a version that does not exist succeeds. Functions that have it keep it.</summary>
    public async ValueTask<NoMembers> DeleteAsync(DeleteLayerVersionRequest request, OperationContext context)
    {
        var (layer, version) = VersionOf(request, context);
        using (await versions.EnterAsync(layer))
            await versions.RemoveAsync(layer, version);
        return NoMembers.Instance;
    }

    private GetLayerVersionResponse Shown(LayerVersion version, OperationContext context) =>
        GetLayerVersionResponse.Of(version, downloads.UrlOf(version.Code, context.Endpoint));
}
