namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>A parameter in requests and answers.</summary>
internal sealed record Parameter
{
    public string? ParameterName { get; init; }

    public string? ParameterValue { get; init; }

    public string? Description { get; init; }

    public string? Source { get; init; }

    public string? ApplyType { get; init; }

    public string? DataType { get; init; }

    public string? AllowedValues { get; init; }

    public bool? IsModifiable { get; init; }

    public string? MinimumEngineVersion { get; init; }

    public string? ApplyMethod { get; init; }

    public IReadOnlyList<string>? SupportedEngineModes { get; init; }

    public static Parameter Of(ParameterDefinition definition, ParameterValue? given) =>
        new()
        {
            ParameterName = definition.Name,
            ParameterValue = given?.Value ?? definition.Default,
            Description = definition.Description,
            Source =
                given is not null ? "user"
                : definition.IsModifiable ? "engine-default"
                : "system",
            ApplyType = definition.IsStatic ? "static" : "dynamic",
            DataType = definition.DataType,
            AllowedValues = definition.AllowedValues,
            IsModifiable = definition.IsModifiable,
            ApplyMethod = given?.ApplyMethod ?? "pending-reboot",
            SupportedEngineModes = ["provisioned"],
        };
}
