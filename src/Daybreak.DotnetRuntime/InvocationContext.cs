using System.Globalization;

namespace Daybreak.DotnetRuntime;

/// <summary>What a function can learn of its invocation.</summary>
internal sealed class InvocationContext(Dictionary<string, string> headers)
{
    private readonly long _deadline = long.Parse(headers["lambda-runtime-deadline-ms"], CultureInfo.InvariantCulture);

    public string AwsRequestId { get; } = headers["lambda-runtime-aws-request-id"];

    public string InvokedFunctionArn { get; } = headers["lambda-runtime-invoked-function-arn"];

    public string? ClientContext { get; } = headers.GetValueOrDefault("lambda-runtime-client-context");

    public TimeSpan RemainingTime => DateTimeOffset.FromUnixTimeMilliseconds(_deadline) - TimeProvider.System.GetUtcNow();
}
