using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds;

/// <summary>The rules for names of RDS resources. Names are stored in lower case, so that <c>DB1</c> and <c>db1</c> are the same.</summary>
internal static class RdsName
{
    private const int IdentifierMax = 63;
    private const int GroupNameMax = 255;

    /// <summary>The name of a new cluster, instance or parameter group.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: not 1 to 63 letters, digits and single hyphens that begin with a
    /// letter.</exception>
    public static string New(string? name, string parameter, int maximum = IdentifierMax)
    {
        if (string.IsNullOrEmpty(name))
            throw RdsErrors.Blank(parameter);
        if (!IsIdentifier(name) || name.Length > maximum)
            throw RdsErrors.NotAnIdentifier(parameter);
        return name.ToLowerInvariant();
    }

    public static string NewParameterGroup(string? name, string parameter) => New(name, parameter, GroupNameMax);

    /// <summary>Names of subnet groups may also contain spaces, periods and underscores.</summary>
    public static string NewSubnetGroup(string? name)
    {
        const string Parameter = "DBSubnetGroupName";
        if (string.IsNullOrEmpty(name))
            throw RdsErrors.Blank(Parameter);
        if (name.Length > GroupNameMax || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' '))
            throw RdsErrors.InvalidValue(
                $"The parameter {Parameter} is not valid. It must contain no more than {GroupNameMax} letters, digits, periods, "
                    + "underscores, spaces or hyphens."
            );
        if (name.Equals("default", StringComparison.OrdinalIgnoreCase))
            throw RdsErrors.InvalidValue($"The parameter {Parameter} must not be 'default'.");
        return name.ToLowerInvariant();
    }

    /// <summary>The name of an existing cluster, instance, snapshot or endpoint: its identifier or its ARN.</summary>
    /// <param name="kind">The word before the identifier in an ARN: <c>cluster</c>.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: it is empty, not an identifier, or an ARN of another kind, account or
    /// Region.</exception>
    public static string Existing(string? name, string parameter, OperationContext context, string kind)
    {
        var identifier = ExistingGroup(name, parameter, context, kind);
        // Automatic snapshots of RDS have a prefix that no identifier has.
        var own = kind == RdsArn.ClusterSnapshot && identifier.StartsWith("rds:", StringComparison.Ordinal) ? identifier[4..] : identifier;
        return IsIdentifier(own) ? identifier : throw RdsErrors.NotAnIdentifier(parameter);
    }

    /// <summary>
    /// The name of an existing group, which may contain more characters than an identifier: its name, or its ARN if <paramref name="kind"/>
    /// is given.
    /// </summary>
    public static string ExistingGroup(string? name, string parameter, OperationContext context, string? kind = null)
    {
        if (string.IsNullOrEmpty(name))
            throw RdsErrors.Blank(parameter);
        if (kind is not null && name.StartsWith("arn:", StringComparison.Ordinal))
        {
            var prefix = RdsArn.Of(context, kind, "");
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                name = name[prefix.Length..];
        }
        return name.ToLowerInvariant();
    }

    public static bool IsIdentifier(string name) =>
        name.Length > 0
        && char.IsAsciiLetter(name[0])
        && name[^1] != '-'
        && !name.Contains("--", StringComparison.Ordinal)
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
