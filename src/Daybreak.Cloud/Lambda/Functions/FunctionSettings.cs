using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Functions;

// Structures that requests to create and to update a function share.

public sealed record EnvironmentRequest
{
    [Sensitive]
    [Pattern(EnvironmentVariables.NamePattern, OfKeys = true)]
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
}

public sealed record EphemeralStorage
{
    [Range(512, 10_240)]
    public required int? Size { get; init; }
}

public sealed record TracingConfig
{
    public const string Active = "Active",
        PassThrough = "PassThrough";

    [Values(Active, PassThrough)]
    public string? Mode { get; init; }
}

public sealed record SnapStart
{
    public const string PublishedVersions = "PublishedVersions",
        None = "None";

    [Values(PublishedVersions, None)]
    public string? ApplyOn { get; init; }
}

public sealed record LoggingConfig
{
    public const string Json = "JSON",
        Text = "Text";

    [Values(Json, Text)]
    public string? LogFormat { get; init; }

    [Values("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")]
    public string? ApplicationLogLevel { get; init; }

    [Values("DEBUG", "INFO", "WARN")]
    public string? SystemLogLevel { get; init; }

    [Length(1, 512)]
    [Pattern(@"[\.\-_/#A-Za-z0-9]+")]
    public string? LogGroup { get; init; }
}

/// <summary>The queue or topic for events that have failed.</summary>
public sealed record DeadLetterConfig
{
    [Pattern(@"(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()")]
    public string? TargetArn { get; init; }
}

/// <summary>Not implemented: any member set is refused.</summary>
public sealed record ImageConfig
{
    public IReadOnlyList<string>? EntryPoint { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public string? WorkingDirectory { get; init; }
}

/// <summary>Not implemented: any item is refused.</summary>
public sealed record FileSystemConfig
{
    public string? Arn { get; init; }

    public string? LocalMountPath { get; init; }
}
