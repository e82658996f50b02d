using System.Globalization;
using System.Text.Json.Serialization;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The function that a request names in any form that the API accepts: name, partial ARN or ARN, each with or without a
/// qualifier.</summary>
/// <param name="Qualifier"><c>$LATEST</c>, a version or an alias; null when the request gave none.</param>
public sealed record FunctionReference(string AccountId, string Region, string Name, string? Qualifier = null)
{
    public const string Latest = "$LATEST";

    public ResourceKey Key => new(AccountId, Region, Name);

    /// <summary>The key of a version, an alias or a policy.</summary>
    [JsonIgnore]
    public ResourceKey QualifiedKey => Qualifier is null ? Key : KeyOf(Qualifier);

    public string UnqualifiedArn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";

    /// <summary>The ARN, with the qualifier when there is one.</summary>
    public string Arn => Qualifier is null ? UnqualifiedArn : $"{UnqualifiedArn}:{Qualifier}";

    /// <summary>The ARN with the qualifier, or with <c>$LATEST</c> when there is none.</summary>
    public string QualifiedArn => $"{UnqualifiedArn}:{Qualifier ?? Latest}";

    /// <summary>Whether the qualifier can be the name of an alias: it is neither a version nor <c>$LATEST</c>.</summary>
    [JsonIgnore]
    public bool IsAlias => Qualifier is { } name && NumberOf(name) is null && !name.Contains('$', StringComparison.Ordinal);

    /// <summary>The key of another version or alias of the function.</summary>
    public ResourceKey KeyOf(string qualifier) => new(AccountId, Region, $"{Name}:{qualifier}");

    /// <summary>Whether a key is that of a version, alias or policy of the function.</summary>
    public bool Owns(ResourceKey key) =>
        key.AccountId == AccountId
        && key.Region == Region
        && key.Name.Length > Name.Length
        && key.Name[Name.Length] == ':'
        && key.Name.StartsWith(Name, StringComparison.Ordinal);

    /// <summary>The number of a version; null for <c>$LATEST</c> and aliases.</summary>
    public static int? NumberOf(string qualifier) =>
        !qualifier.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? int.TryParse(qualifier, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : int.MaxValue
            : null;

    /// <inheritdoc cref="Resolve(string, string?, OperationContext)"/>
    internal static FunctionReference Of(INamesFunction request, OperationContext context) =>
        Resolve(request.FunctionName, request.Qualifier, context);

    /// <summary>The ARN that a policy has to name for a request: qualified when the request is.</summary>
    internal static string ArnOf(INamesFunction request, OperationContext context) => Of(request, context).Arn;

    /// <summary>The function of a request that is about all of it, whatever its qualifier.</summary>
    internal static FunctionReference Unqualified(INamesFunction request, OperationContext context) =>
        Of(request, context) with
        {
            Qualifier = null,
        };

    /// <summary>The function of a request that can only be about <c>$LATEST</c>.</summary>
    /// <exception cref="Aws.AwsException">The name has another qualifier.</exception>
    internal static FunctionReference LatestOf(string name, OperationContext context)
    {
        var reference = Resolve(name, null, context);
        return reference.Qualifier is null or Latest
            ? reference with
            {
                Qualifier = null,
            }
            : throw LambdaErrors.FunctionNotFound(reference.Arn);
    }

    /// <summary>Resolves a name that matches one of the patterns.</summary>
    /// <exception cref="Aws.AwsException">The function is in another Region, or there are two different qualifiers.</exception>
    public static FunctionReference Resolve(string name, string? qualifier, OperationContext context) =>
        Resolve(name, qualifier, context.AccountId, context.Region);

    /// <inheritdoc cref="Resolve(string, string?, OperationContext)"/>
    /// <param name="homeAccount">The account, if the name has none.</param>
    /// <param name="homeRegion">The Region, which a name may have, too.</param>
    public static FunctionReference Resolve(string name, string? qualifier, string homeAccount, string homeRegion)
    {
        if (!name.Contains(':', StringComparison.Ordinal)) // most calls
            return new FunctionReference(homeAccount, homeRegion, name, qualifier);

        var parts = name.Split(':').AsSpan();
        if (parts is ["arn", _, "lambda", ..])
            parts = parts[3..];
        string? region = null,
            account = null;
        if (parts.Length > 1 && parts[0].Contains('-', StringComparison.Ordinal) && char.IsAsciiDigit(parts[0][^1]) && IsRegion(parts[0]))
        {
            region = parts[0];
            parts = parts[1..];
        }
        if (parts.Length > 1 && parts[0].Length == 12 && !parts[0].AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            account = parts[0];
            parts = parts[1..];
        }
        if (parts.Length > 1 && parts[0] == "function")
            parts = parts[1..];
        if (region is not null && region != homeRegion)
            throw LambdaErrors.OtherRegion(region, homeRegion);
        var derived = parts.Length > 1 ? parts[1] : null;
        if (derived is not null && qualifier is not null && derived != qualifier)
            throw LambdaErrors.QualifierMismatch();
        return new FunctionReference(account ?? homeAccount, homeRegion, parts[0], derived ?? qualifier);
    }

    private static bool IsRegion(string text)
    {
        var parts = text.Split('-');
        return parts.Length is 3 or 4 or 5
            && parts[^1].Length == 1
            && (parts[0].Length == 2 || parts[0] == "eusc")
            && parts[..^1].All(part => part.Length > 0 && !part.AsSpan().ContainsAnyExceptInRange('a', 'z'));
    }
}
