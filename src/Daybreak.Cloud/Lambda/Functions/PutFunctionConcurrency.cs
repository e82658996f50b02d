using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html"/></summary>
public sealed record PutFunctionConcurrencyRequest : INamesFunction
{
    [FunctionName]
    public required string FunctionName { get; init; }

    [Range(0, int.MaxValue)]
    public required int? ReservedConcurrentExecutions { get; init; }
}
