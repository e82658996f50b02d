using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>A label on a resource.</summary>
public sealed record Tag
{
    [Length(1, 128)]
    public required string Key { get; init; }

    [Length(0, 256)]
    public required string Value { get; init; }
}
