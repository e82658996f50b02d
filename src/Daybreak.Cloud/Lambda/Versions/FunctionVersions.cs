using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>Finds the version of a function that a qualifier means. <c>$LATEST</c> is the only version so far.</summary>
internal sealed class FunctionVersions(ResourceTable<FunctionState> latest)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse>("ListVersionsByFunction", List)
            {
                Route = "GET /2015-03-31/functions/{FunctionName}/versions",
                Resource = FunctionReference.ArnOf,
            },
        ];

    /// <summary>The version that a reference means; null when the function, version or alias does not exist.</summary>
    public FunctionState? Find(FunctionReference reference) =>
        reference.Qualifier is null or FunctionReference.Latest ? latest.Find(reference.Key) : null;

    /// <inheritdoc cref="Find"/>
    /// <exception cref="Aws.AwsException">The function, version or alias does not exist.</exception>
    public FunctionState Get(FunctionReference reference) => Find(reference) ?? throw LambdaErrors.FunctionNotFound(reference.Arn);

    /// <summary>Every version of every function of an account, in all Regions.</summary>
    public IEnumerable<FunctionState> OfAccount(string accountId) =>
        latest.All().Where(item => item.Key.AccountId == accountId).Select(static item => item.Value);

    private ListVersionsByFunctionResponse List(ListVersionsByFunctionRequest request, OperationContext context)
    {
        var function = Get(FunctionReference.Of(request, context) with { Qualifier = null });
        return new ListVersionsByFunctionResponse { Versions = [FunctionConfiguration.Of(function, qualified: true, inList: true)] };
    }
}
