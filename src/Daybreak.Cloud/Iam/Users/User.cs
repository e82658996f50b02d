using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>A user. Immutable.</summary>
public sealed record User : Identity
{
    /// <summary>Unique ids, so that a group may be renamed.</summary>
    public ImmutableArray<string> GroupIds { get; init; } = [];

    [JsonIgnore]
    public override IdentityKind Kind => IdentityKind.User;
}
