using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>What every function answers while the operations that would set it do not exist: nothing is set.</summary>
internal sealed class FunctionExtras(FunctionStore functions)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<UnqualifiedFunctionRequest, GetFunctionCodeSigningConfigResponse>(
                "GetFunctionCodeSigningConfig",
                GetCodeSigningConfig
            )
            {
                Route = "GET /2020-06-30/functions/{FunctionName}/code-signing-config",
                Resource = FunctionArns.Of,
            },
            new AwsOperation<UnqualifiedFunctionRequest, GetFunctionConcurrencyResponse>("GetFunctionConcurrency", GetConcurrency)
            {
                Route = "GET /2019-09-30/functions/{FunctionName}/concurrency",
                Resource = FunctionArns.Of,
            },
        ];

    /// <summary>Terraform reads it with every function.</summary>
    public GetFunctionCodeSigningConfigResponse GetCodeSigningConfig(UnqualifiedFunctionRequest request, OperationContext context) =>
        new() { FunctionName = functions.Find(FunctionReference.Resolve(request.FunctionName, null, context)).FunctionName };

    public GetFunctionConcurrencyResponse GetConcurrency(UnqualifiedFunctionRequest request, OperationContext context)
    {
        _ = functions.Find(FunctionReference.Resolve(request.FunctionName, null, context));
        return new GetFunctionConcurrencyResponse();
    }
}

public sealed record GetFunctionCodeSigningConfigResponse
{
    public string? CodeSigningConfigArn { get; init; }

    public required string FunctionName { get; init; }
}

public sealed record GetFunctionConcurrencyResponse
{
    public int? ReservedConcurrentExecutions { get; init; }
}
