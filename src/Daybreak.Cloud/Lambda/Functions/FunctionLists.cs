using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Lists functions page by page.</summary>
internal sealed class FunctionLists(FunctionVersions versions)
{
    public IEnumerable<AwsOperation> Operations() =>
        [new AwsOperation<ListFunctionsRequest, ListFunctionsResponse>("ListFunctions", List) { Route = "GET /2015-03-31/functions" }];

    public ListFunctionsResponse List(ListFunctionsRequest request, OperationContext context)
    {
        var withVersions = request.FunctionVersion is not null;
        var page = Page<FunctionState>.OfSorted(
            versions.Sorted(context.AccountId, context.Region, withVersions),
            static function => FunctionVersions.PlaceOf(function),
            request.Marker,
            request.MaxItems
        );
        return new ListFunctionsResponse
        {
            Functions = [.. page.Items.Select(function => FunctionConfiguration.InList(function, qualified: withVersions))],
            NextMarker = page.NextMarker,
        };
    }
}
