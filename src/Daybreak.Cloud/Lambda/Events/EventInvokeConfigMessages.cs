using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html"/> and
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html"/>
/// </summary>
public sealed record EventInvokeConfigRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }

    [Range(0, 2)]
    public int? MaximumRetryAttempts { get; init; }

    [Range(60, 21_600)]
    public int? MaximumEventAgeInSeconds { get; init; }

    public DestinationConfig? DestinationConfig { get; init; }
}

/// <summary>
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html"/> and
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html"/>
/// </summary>
public sealed record NamesEventInvokeConfigRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    [Qualifier]
    public string? Qualifier { get; init; }
}

/// <summary><see href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html"/></summary>
public sealed record ListFunctionEventInvokeConfigsRequest : INamesFunction
{
    [FunctionName(TakesDots = true, Most = 256)]
    public required string FunctionName { get; init; }

    string? INamesFunction.Qualifier => null;

    [Location(MemberLocation.Query)]
    public string? Marker { get; init; }

    [Location(MemberLocation.Query)]
    [Range(1, 50)]
    public int? MaxItems { get; init; }
}

public sealed record ListFunctionEventInvokeConfigsResponse
{
    public required IReadOnlyList<FunctionEventInvokeConfig> FunctionEventInvokeConfigs { get; init; }

    public string? NextMarker { get; init; }
}

/// <summary>A configuration as the API shows it.</summary>
public sealed record FunctionEventInvokeConfig
{
    /// <summary>Seconds since 1970.</summary>
    public required double LastModified { get; init; }

    public required string FunctionArn { get; init; }

    public int? MaximumRetryAttempts { get; init; }

    public int? MaximumEventAgeInSeconds { get; init; }

    public required DestinationConfig DestinationConfig { get; init; }

    public static FunctionEventInvokeConfig Of(EventInvokeConfig config) =>
        new()
        {
            LastModified = config.LastModified.ToUnixTimeMilliseconds() / 1000.0,
            FunctionArn = config.Reference.Arn,
            MaximumRetryAttempts = config.MaximumRetryAttempts,
            MaximumEventAgeInSeconds = config.MaximumEventAgeInSeconds,
            DestinationConfig = new DestinationConfig
            {
                OnSuccess = new OnSuccess { Destination = config.OnSuccess },
                OnFailure = new OnFailure { Destination = config.OnFailure },
            },
        };
}

public sealed record DestinationConfig
{
    public OnSuccess? OnSuccess { get; init; }

    public OnFailure? OnFailure { get; init; }
}

public sealed record OnSuccess
{
    [DestinationArn]
    public string? Destination { get; init; }
}

public sealed record OnFailure
{
    [DestinationArn]
    public string? Destination { get; init; }
}

internal sealed class DestinationArnAttribute : CompositeAttribute
{
    private const string Pattern =
        @"$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|"
        + @"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)";

    public override IEnumerable<Attribute> All => [new LengthAttribute(0, 350), new PatternAttribute(Pattern)];
}
