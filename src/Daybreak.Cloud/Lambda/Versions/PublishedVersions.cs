using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>Publishes versions of functions and lists them.</summary>
internal sealed class PublishedVersions(FunctionVersions versions, FunctionStore functions)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse>("ListVersionsByFunction", List)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}/versions",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<PublishVersionRequest, FunctionConfiguration>("PublishVersion", PublishAsync)
            {
                Route = "POST /2015-03-31/functions/{FunctionName}/versions",
                SuccessStatus = 201,
                Resource = FunctionReference.ArnOf,
            },
        ];

    /// <summary>Publishes <c>$LATEST</c>. Without a change since the last version, that one is the answer again.</summary>
    public async ValueTask<FunctionConfiguration> PublishAsync(PublishVersionRequest request, OperationContext context)
    {
        var reference = FunctionReference.LatestOf(request.FunctionName, context);
        using (await versions.EnterAsync(reference.Key))
        {
            var latest = await functions.SettledAsync(reference) ?? throw LambdaErrors.FunctionNotFound(reference.Arn);
            if (request.RevisionId is not null && request.RevisionId != latest.RevisionId)
                throw LambdaErrors.StaleRevision();
            if (request.CodeSha256 is { Length: > 0 } sha256 && sha256 != latest.Code.Sha256)
                throw LambdaErrors.OtherCode(sha256, latest.Code.Sha256);
            var publication = Publication.Of(latest, versions.FindLast(latest), request.Description, FunctionPhase.Ready);
            if (publication.IsNew)
            {
                var changed = publication.Latest with
                {
                    RevisionId = Guid.NewGuid().ToString(),
                    ContentRevisionId = latest.ContentRevision,
                };
                if (!await versions.TryChangeAsync([versions.Replace(latest, changed), .. versions.Of(publication)]))
                    throw LambdaErrors.FunctionNotFound(reference.Arn); // a reset has removed everything meanwhile
            }
            return FunctionConfiguration.Of(publication.Version!, publication.Version!.Version);
        }
    }

    public ListVersionsByFunctionResponse List(ListVersionsByFunctionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context);
        _ = versions.Get(reference);
        var page = Page<FunctionState>.Of(
            versions.Of(reference),
            static version => FunctionVersions.PlaceOf(version),
            request.Marker,
            request.MaxItems
        );
        return new ListVersionsByFunctionResponse
        {
            Versions = [.. page.Items.Select(static version => FunctionConfiguration.InList(version, qualified: true))],
            NextMarker = page.NextMarker,
        };
    }
}
