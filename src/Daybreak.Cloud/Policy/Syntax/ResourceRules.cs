using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>AWS's requirements for the ARNs in a Resource or NotResource element.</summary>
internal static class ResourceRules
{
    private static readonly ImmutableArray<string> IamPaths =
    [
        "user/",
        "federated-user/",
        "role/",
        "group/",
        "instance-profile/",
        "mfa/",
        "server-certificate/",
        "policy/",
        "sms-mfa/",
        "saml-provider/",
        "oidc-provider/",
        "report/",
        "access-report/",
    ];

    public static string? Defect(IEnumerable<string> resources) =>
        resources.Select(Defect).FirstOrDefault(static defect => defect is not null);

    /// <summary>A check older than the others, which some ARNs with too few parts fail.</summary>
    public static bool FailsLegacyParsing(string resource)
    {
        if (resource == "*")
            return false;
        var parts = resource.Split(':');
        return (parts.Length < 6 && resource.Contains("::", StringComparison.Ordinal)) || parts.Length < 3 || parts[2].Length == 0;
    }

    private static string? Defect(string resource)
    {
        if (resource == "*")
            return null;
        var parts = resource.Split(':', 6);
        if (parts.Length == 1)
            return $"Resource {resource} must be in ARN format or \"*\".";
        if (parts[1] is not ("aws" or "aws-cn" or "aws-us-gov" or "*"))
        {
            var rest = string.Join(
                ':',
                Enumerable
                    .Range(2, 4)
                    .Select(i => i < parts.Length && !(i == 2 && parts.Length == 3 && parts[2].Length == 0) ? parts[i] : "*")
            );
            return $"Partition \"{parts[1]}\" is not valid for resource \"arn:{parts[1]}:{rest}\".";
        }
        if (parts.Length == 2)
            return "Resource vendor must be fully qualified and cannot contain regexes.";
        return ServiceDefect(resource, parts);
    }

    private static string? ServiceDefect(string resource, string[] parts)
    {
        if (parts[2] is not ("iam" or "s3"))
            return null;
        if (parts.Length < 4 || parts[3].Length != 0 || parts.Length < 5)
            return parts[2] == "iam"
                ? $"IAM resource {resource} cannot contain region information."
                : $"Resource {resource} can not contain region information.";
        // "root" and a bare "*" are valid too, though the message does not say so.
        if (parts[2] != "iam" || parts.Length < 6 || parts[5] is "*" or "root" || parts[5].Contains('*', StringComparison.Ordinal))
            return null;
        return IamPaths.Any(path => parts[5].StartsWith(path, StringComparison.Ordinal))
            ? null
            : $"IAM resource path must either be \"*\" or start with {string.Join(", ", IamPaths)}.";
    }
}
