using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Groups;

/// <summary>A group of users; who is in it stands with the users. Immutable.</summary>
public sealed record Group : Identity
{
    [JsonIgnore]
    public override IdentityKind Kind => IdentityKind.Group;
}
