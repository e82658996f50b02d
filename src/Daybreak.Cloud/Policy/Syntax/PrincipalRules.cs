using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>Which principals a policy may name.</summary>
internal static class PrincipalRules
{
    /// <summary>AWS's message for an invalid principal.</summary>
    public static string Invalid(PrincipalEntry principal) =>
        $"Invalid principal in policy: \"{principal.Type.ToUpperInvariant()}\":\"{principal.Value}\"";

    public static bool IsWellFormed(PrincipalEntry principal) =>
        principal.Type switch
        {
            "AWS" => IsAws(principal.Value),
            "Service" => ServicePrincipals.IsKnown(principal.Value),
            "Federated" => principal.Value.Length > 0,
            _ => principal.Value.Length == 64 && principal.Value.All(char.IsAsciiHexDigitLower),
        };

    private static bool IsAws(string value)
    {
        if (value == "*" || PrincipalEntry.IsAccount(value) || IsUniqueId(value))
            return true;
        var parts = value.Split(':', 6);
        if (parts.Length != 6 || parts is not ["arn", "aws" or "aws-cn" or "aws-us-gov", "iam" or "sts", "", _, _])
            return false;
        if (!PrincipalEntry.IsAccount(parts[4]))
            return false;
        var resource = parts[5];
        // Partial wildcards are not valid: a principal is a single one, or everyone.
        if (resource.AsSpan().ContainsAny('*', '?'))
            return false;
        return parts[2] == "iam"
            ? resource == "root" || HasName(resource, "user/") || HasName(resource, "role/")
            : HasName(resource, "federated-user/")
                || (HasName(resource, "assumed-role/") && resource.Split('/') is [_, { Length: > 0 }, { Length: > 0 }]);
    }

    private static bool HasName(string resource, string prefix) =>
        resource.StartsWith(prefix, StringComparison.Ordinal) && resource[^1] != '/';

    private static bool IsUniqueId(string value) =>
        value.Split(':') is [{ Length: 21 } id, .. var session]
        && id.All(char.IsAsciiLetterOrDigit)
        && (
            id.StartsWith("AROA", StringComparison.Ordinal)
                ? session is [] or [{ Length: > 0 }]
                : id.StartsWith("AIDA", StringComparison.Ordinal) && session is []
        );
}
