namespace Daybreak.Cloud.Policy.Matching;

/// <summary>One principal named in a policy.</summary>
/// <param name="Type"><c>AWS</c>, <c>Service</c>, <c>Federated</c> or <c>CanonicalUser</c>.</param>
public sealed record PrincipalEntry(string Type, string Value)
{
    private readonly string? _account = AccountOf(Type, Value);

    internal PrincipalMatch Match(Principal caller)
    {
        if (Type == "AWS")
        {
            if (Value == "*")
                return PrincipalMatch.Direct;
            // The root of an account means the account, so it never matches a caller by name.
            if (_account is not null)
                return _account != caller.Account ? PrincipalMatch.None
                    : caller is Principal.Root ? PrincipalMatch.Direct
                    : PrincipalMatch.Account;
            return caller switch
            {
                Principal.User user when Value == user.Arn || Value == user.Id => PrincipalMatch.Direct,
                Principal.RoleSession session when Value == session.UniqueId || (Value == session.Arn && !session.IsOfDeletedRole) =>
                    PrincipalMatch.Direct,
                Principal.RoleSession session when Value == session.RoleId || (Value == session.RoleArn && !session.IsOfDeletedRole) =>
                    PrincipalMatch.Role,
                Principal.FederatedUser federated when Value == federated.Arn => PrincipalMatch.Direct,
                _ => PrincipalMatch.None,
            };
        }
        return Type == "Service" && caller is Principal.Service service && Value == service.Name
            ? PrincipalMatch.Direct
            : PrincipalMatch.None;
    }

    private static string? AccountOf(string type, string value)
    {
        if (type != "AWS")
            return null;
        if (IsAccount(value))
            return value;
        return
            value.StartsWith("arn:aws:iam::", StringComparison.Ordinal)
            && value.EndsWith(":root", StringComparison.Ordinal)
            && value.Length == 30
            && IsAccount(value.AsSpan(13, 12))
            ? value[13..25]
            : null;
    }

    internal static bool IsAccount(ReadOnlySpan<char> text) => text.Length == 12 && !text.ContainsAnyExceptInRange('0', '9');
}
