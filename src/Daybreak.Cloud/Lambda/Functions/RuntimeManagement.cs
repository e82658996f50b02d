namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>When the runtime of a version is updated, as it is stored. Immutable. Here the runtime is the machine's program.</summary>
public sealed record RuntimeManagement(string UpdateRuntimeOn, string? RuntimeVersionArn = null)
{
    public const string Auto = "Auto",
        Manual = "Manual",
        FunctionUpdate = "FunctionUpdate";
}
