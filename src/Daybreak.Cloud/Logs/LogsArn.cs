using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs;

/// <summary>
/// ARNs of log groups and streams. Permissions on a group are asked for <c>…:log-group:NAME:log-stream:</c>, which is why policies name
/// <c>…:log-group:NAME:*</c>; only those of tags are asked for the group's ARN itself.
/// </summary>
internal static class LogsArn
{
    private const string GroupKind = "log-group:";

    public static string Group(ResourceKey group) => $"arn:aws:logs:{group.Region}:{group.AccountId}:{GroupKind}{group.Name}";

    public static string Group(OperationContext context, string name) => Group(new ResourceKey(context.AccountId, context.Region, name));

    public static string Stream(ResourceKey group, string stream) => $"{Group(group)}:log-stream:{stream}";

    public static string Stream(OperationContext context, string group, string stream) => $"{Group(context, group)}:log-stream:{stream}";

    /// <summary>What permissions on a group are asked for.</summary>
    public static string Contents(OperationContext context, string group) => Stream(context, group, "");

    /// <summary>The name of the group that a request names by its name or by its ARN.</summary>
    /// <exception cref="AwsException">It names both or none.</exception>
    public static string NameOf(string? name, string? identifier) =>
        (name, identifier) switch
        {
            (not null, not null) => throw LogsErrors.NameAndIdentifier(),
            (not null, null) => name,
            (null, not null) => NameOf(identifier),
            _ => throw LogsErrors.NeitherNameNorIdentifier(),
        };

    /// <param name="identifier">A name or an ARN, which may end with <c>:*</c>.</param>
    public static string NameOf(string identifier)
    {
        if (!Arn.TryParse(identifier, out var arn) || !arn.Resource.StartsWith(GroupKind, StringComparison.Ordinal))
            return identifier;
        var name = arn.Resource[GroupKind.Length..];
        return name.EndsWith(":*", StringComparison.Ordinal) ? name[..^2] : name;
    }

    /// <summary>Whether an identifier is an ARN of another account or Region.</summary>
    public static bool IsElsewhere(string identifier, OperationContext context) =>
        Arn.TryParse(identifier, out var arn) && (arn.AccountId != context.AccountId || arn.Region != context.Region);
}
