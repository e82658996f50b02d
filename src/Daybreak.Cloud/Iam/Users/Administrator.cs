using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>
/// The owner of the default keys: a user with AdministratorAccess that, unlike the root, may assume the roles that trust the account. Every
/// account has one from the start. It is found by name, but not listed, so that an account starts empty and cleanup tools do not touch it.
/// </summary>
internal static class Administrator
{
    public const string Name = "local-administrator";

    // A fixed date, so that it is the same after every start.
    private static readonly DateTimeOffset Created = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public static User Of(string accountId) =>
        new()
        {
            AccountId = accountId,
            Name = Name,
            Path = "/",
            Id = UniqueId.Of(Identities.IdentityKind.User.IdPrefix, SHA256.HashData(Encoding.UTF8.GetBytes(accountId))),
            CreateDate = Created,
            AttachedPolicies = ["arn:aws:iam::aws:policy/AdministratorAccess"],
        };
}
