using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Provisioning;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Concurrent executions that are reserved for one function, and that others therefore do not get.</summary>
internal sealed class ReservedConcurrency(FunctionVersions versions)
{
    /// <summary>What has to be left for functions without a reservation.</summary>
    public const int LeastUnreserved = 100;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DeleteFunctionConcurrencyRequest, NoMembers>("DeleteFunctionConcurrency", DeleteAsync)
            {
                Route = "DELETE /2017-10-31/functions/{FunctionName}/concurrency",
                SuccessStatus = 204,
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse>("GetFunctionConcurrency", Get)
            {
                Route = "GET /2019-09-30/functions/{FunctionName}/concurrency",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<PutFunctionConcurrencyRequest, GetFunctionConcurrencyResponse>("PutFunctionConcurrency", PutAsync)
            {
                Route = "PUT /2017-10-31/functions/{FunctionName}/concurrency",
                Resource = FunctionReference.ArnOf,
            },
        ];

    public async ValueTask<GetFunctionConcurrencyResponse> PutAsync(PutFunctionConcurrencyRequest request, OperationContext context)
    {
        var reference = Function(request, context);
        var reserved = request.ReservedConcurrentExecutions!.Value;
        using (await versions.EnterAsync(new ResourceKey(reference.AccountId, reference.Region, ""))) // what others reserve counts
        {
            var shares = ConcurrencyShares.Of(versions);
            var provisioned = shares.ProvisionedOf(reference.Key);
            if (reserved < provisioned)
                throw LambdaErrors.LessReservedThanProvisioned(reserved, provisioned);
            var own = versions.Get(reference).ReservedConcurrentExecutions ?? provisioned;
            if (shares.UnreservedIn(reference.AccountId, reference.Region) + own - reserved < LeastUnreserved)
                throw LambdaErrors.TooFewUnreserved(LeastUnreserved);
            await SetAsync(reference, reserved);
        }
        return new GetFunctionConcurrencyResponse { ReservedConcurrentExecutions = reserved };
    }

    public async ValueTask<NoMembers> DeleteAsync(DeleteFunctionConcurrencyRequest request, OperationContext context)
    {
        await SetAsync(Function(request, context), null);
        return NoMembers.Instance;
    }

    public GetFunctionConcurrencyResponse Get(GetFunctionConcurrencyRequest request, OperationContext context) =>
        new() { ReservedConcurrentExecutions = versions.Get(FunctionReference.Of(request, context)).ReservedConcurrentExecutions };

    // It is a setting of the function, not of its configuration, and makes no new revision.
    private async Task SetAsync(FunctionReference reference, int? reserved)
    {
        using (await versions.EnterAsync(reference.Key))
        {
            var latest = versions.Get(reference);
            await versions.TryChangeAsync(versions.Replace(latest, latest with { ReservedConcurrentExecutions = reserved }));
        }
    }

    private FunctionReference Function(INamesFunction request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        if (reference.Qualifier is not null)
            throw LambdaErrors.FunctionOnly();
        return versions.Find(reference) is null ? throw LambdaErrors.FunctionNotFound(reference.QualifiedArn) : reference;
    }
}
