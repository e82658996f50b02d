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

    public string UnqualifiedArn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";

    /// <summary>The ARN, with the qualifier when there is one.</summary>
    public string Arn => Qualifier is null ? UnqualifiedArn : $"{UnqualifiedArn}:{Qualifier}";

    /// <summary>The ARN with the qualifier, or with <c>$LATEST</c> when there is none.</summary>
    public string QualifiedArn => $"{UnqualifiedArn}:{Qualifier ?? Latest}";

    /// <inheritdoc cref="Resolve(string, string?, OperationContext)"/>
    internal static FunctionReference Of(INamesFunction request, OperationContext context) =>
        Resolve(request.FunctionName, request.Qualifier, context);

    /// <summary>The ARN that a policy has to name for a request: qualified when the request is.</summary>
    internal static string ArnOf(INamesFunction request, OperationContext context) => Of(request, context).Arn;

    /// <summary>Resolves a name that matches one of the patterns.</summary>
    /// <exception cref="Aws.AwsException">The function is in another Region, or there are two different qualifiers.</exception>
    public static FunctionReference Resolve(string name, string? qualifier, OperationContext context)
    {
        if (!name.Contains(':', StringComparison.Ordinal)) // most calls
            return new FunctionReference(context.AccountId, context.Region, name, qualifier);

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
        if (region is not null && region != context.Region)
            throw LambdaErrors.OtherRegion(region, context.Region);
        var derived = parts.Length > 1 ? parts[1] : null;
        if (derived is not null && qualifier is not null && derived != qualifier)
            throw LambdaErrors.QualifierMismatch();
        return new FunctionReference(account ?? context.AccountId, context.Region, parts[0], derived ?? qualifier);
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
