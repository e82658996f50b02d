using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>A user. Immutable.</summary>
public sealed record User : Identity
{
    /// <summary>Unique ids, so that a group may be renamed.</summary>
    public ImmutableArray<string> GroupIds { get; init; } = [];

    public LoginProfile? LoginProfile { get; init; }

    [JsonIgnore]
    public override IdentityKind Kind => IdentityKind.User;

    /// <summary>The user from the point of view of policies.</summary>
    public Principal.User ToPrincipal() => new(AccountId, Arn, Name, Id);
}
