namespace Daybreak.Cloud.Lambda.Functions;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html"/></summary>
public sealed record GetFunctionRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }
}

public sealed record GetFunctionResponse
{
    public required FunctionConfiguration Configuration { get; init; }

    public required FunctionCodeLocation Code { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public GetFunctionConcurrencyResponse? Concurrency { get; init; }
}

public sealed record FunctionCodeLocation
{
    public string RepositoryType { get; init; } = "S3";

    public required string Location { get; init; }
}
