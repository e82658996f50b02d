using System.Text.Json.Serialization;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>The URL of a function or of an alias, as it is stored. Immutable.</summary>
public sealed record FunctionUrl
{
    public const string None = "NONE",
        AwsIam = "AWS_IAM";

    public const string Buffered = "BUFFERED",
        ResponseStream = "RESPONSE_STREAM";

    /// <summary>32 letters and digits that nobody can guess.</summary>
    public required string UrlId { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string FunctionName { get; init; }

    /// <summary>An alias; null: <c>$LATEST</c>.</summary>
    public string? Qualifier { get; init; }

    public required string AuthType { get; init; }

    public required string InvokeMode { get; init; }

    public Cors? Cors { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    public required DateTimeOffset LastModifiedTime { get; init; }

    [JsonIgnore]
    public FunctionReference Reference => new(AccountId, Region, FunctionName, Qualifier);
}
