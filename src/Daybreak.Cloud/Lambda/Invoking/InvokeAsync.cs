using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html"/></summary>
public sealed record InvokeAsyncRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    string? INamesFunction.Qualifier => null;

    [Location(MemberLocation.Payload)]
    public required ReadOnlyMemory<byte> InvokeArgs { get; init; }
}

public sealed record InvokeAsyncResponse
{
    [Location(MemberLocation.StatusCode)]
    public required int Status { get; init; }
}
