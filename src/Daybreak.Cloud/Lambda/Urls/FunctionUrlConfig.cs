using System.Globalization;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>The URL of a function as the API shows it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_FunctionUrlConfig.html"/></summary>
public sealed record FunctionUrlConfig
{
    public required string FunctionUrl { get; init; }

    public required string FunctionArn { get; init; }

    public required string CreationTime { get; init; }

    public string? LastModifiedTime { get; init; }

    public Cors? Cors { get; init; }

    public required string AuthType { get; init; }

    public string? InvokeMode { get; init; }

    /// <param name="endpoint">The address that the client used: its port is that of the URL.</param>
    internal static FunctionUrlConfig Of(FunctionUrl url, string endpoint) =>
        new()
        {
            FunctionUrl = UrlAddress.Of(url, endpoint),
            FunctionArn = url.Reference.Arn,
            CreationTime = Text(url.CreationTime),
            LastModifiedTime = Text(url.LastModifiedTime),
            Cors = url.Cors,
            AuthType = url.AuthType,
            InvokeMode = url.InvokeMode,
        };

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
