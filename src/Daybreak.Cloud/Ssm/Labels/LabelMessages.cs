using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ssm.Labels;

internal sealed record LabelParameterVersionRequest
{
    [Length(1, 2048)]
    public required string Name { get; init; }

    public long? ParameterVersion { get; init; }

    [Length(1, 10), Length(1, 100, OfItems = true)]
    public required IReadOnlyList<string> Labels { get; init; }
}

internal sealed record LabelParameterVersionResponse
{
    public required IReadOnlyList<string> InvalidLabels { get; init; }

    public required long? ParameterVersion { get; init; }
}

internal sealed record UnlabelParameterVersionRequest
{
    [Length(1, 2048)]
    public required string Name { get; init; }

    public required long? ParameterVersion { get; init; }

    [Length(1, 10), Length(1, 100, OfItems = true)]
    public required IReadOnlyList<string> Labels { get; init; }
}

internal sealed record UnlabelParameterVersionResponse
{
    public required IReadOnlyList<string> RemovedLabels { get; init; }

    public required IReadOnlyList<string> InvalidLabels { get; init; }
}
