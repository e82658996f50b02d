namespace Daybreak.Cloud.Lambda.Runtime.Telemetry;

/// <summary>The forms of the two APIs that extensions get records by, which differ in the records that there are.</summary>
[Flags]
internal enum TelemetrySchemas
{
    None = 0,

    /// <summary>The Logs API.</summary>
    Logs2020 = 1,

    /// <summary>The Logs API with <c>platform.runtimeDone</c>.</summary>
    Logs2021 = 2,

    Logs = Logs2020 | Logs2021,

    /// <summary>The Telemetry API, whose lines of functions are always text.</summary>
    Telemetry2022July = 4,

    /// <summary>The Telemetry API since 2022-12-13, which has JSON of functions as objects.</summary>
    Telemetry2022December = 8,

    Telemetry = Telemetry2022July | Telemetry2022December,

    All = Logs | Telemetry,
}

/// <summary>The kinds of records that an extension subscribes to.</summary>
[Flags]
internal enum TelemetryTypes
{
    None = 0,
    Platform = 1,
    Function = 2,
    Extension = 4,
}
