using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>A label on a resource.</summary>
public sealed record Tag
{
    [Length(1, 128), Pattern(IamName.TagKeyPattern)]
    public required string Key { get; init; }

    [Length(0, 256), Pattern(IamName.TagValuePattern)]
    public required string Value { get; init; }
}
