using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Groups;

/// <summary>A group of users; each user stores its groups. Immutable.</summary>
public sealed record Group : Identity
{
    [JsonIgnore]
    public override IdentityKind Kind => IdentityKind.Group;
}
