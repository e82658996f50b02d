using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>
/// Whom the keys that everybody knows belong to: a user with AdministratorAccess, who may assume the roles that trust the account,
/// as its root may not. Every account has one from the start; it is found by its name, but is not among the account's users, so
/// that an account begins empty and tools that clean up leave it alone.
/// </summary>
internal static class Administrator
{
    public const string Name = "local-administrator";

    // The day that the local AWS learned of it: the same after every start.
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
