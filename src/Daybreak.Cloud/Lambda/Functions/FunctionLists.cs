using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Lists functions page by page.</summary>
internal sealed class FunctionLists(ResourceTable<FunctionState> table)
{
    /// <summary>AWS returns at most 50 functions in a response, whatever MaxItems says.</summary>
    private const int PageSize = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [new AwsOperation<ListFunctionsRequest, ListFunctionsResponse>("ListFunctions", List) { Route = "GET /2015-03-31/functions" }];

    public ListFunctionsResponse List(ListFunctionsRequest request, OperationContext context)
    {
        var after = request.Marker is { Length: > 0 } marker ? NameOf(marker) : "";
        var size = Math.Min(request.MaxItems ?? PageSize, PageSize);
        var rest = table
            .List(context.AccountId, context.Region)
            .Where(function => string.CompareOrdinal(function.FunctionName, after) > 0)
            .Take(size + 1)
            .ToArray();
        var page = rest.AsSpan(0, Math.Min(size, rest.Length)).ToArray();
        return new ListFunctionsResponse
        {
            Functions = [.. page.Select(function => FunctionConfiguration.Of(function, request.FunctionVersion is not null, inList: true))],
            NextMarker = rest.Length > size ? MarkerOf(page[^1].FunctionName) : null,
        };
    }

    private static string MarkerOf(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    private static string NameOf(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw LambdaErrors.InvalidMarker();
    }
}
