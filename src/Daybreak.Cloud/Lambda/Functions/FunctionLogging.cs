namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>How a function logs, as it is stored. Immutable.</summary>
/// <param name="ApplicationLogLevel">Only of the format JSON.</param>
/// <param name="SystemLogLevel">Likewise.</param>
public sealed record FunctionLogging(string Format, string? ApplicationLogLevel = null, string? SystemLogLevel = null)
{
    private const string DefaultLevel = "INFO";

    public static readonly FunctionLogging Text = new(LoggingConfig.Text);

    /// <summary>The settings after a request that may change them. A change of the format begins with its defaults.</summary>
    /// <exception cref="Aws.AwsException">Levels are for JSON only.</exception>
    internal FunctionLogging With(LoggingConfig? asked)
    {
        if (asked is null)
            return this;
        var format = asked.LogFormat ?? Format;
        if (format == LoggingConfig.Text)
            return asked.ApplicationLogLevel is null && asked.SystemLogLevel is null ? Text : throw LambdaErrors.LogLevelOfText();
        return new FunctionLogging(
            format,
            asked.ApplicationLogLevel ?? ApplicationLogLevel ?? DefaultLevel,
            asked.SystemLogLevel ?? SystemLogLevel ?? DefaultLevel
        );
    }
}
