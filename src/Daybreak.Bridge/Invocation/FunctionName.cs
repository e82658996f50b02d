using System.Buffers;
using Daybreak.Aws;
using Daybreak.Bridge.Bytes;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// The argument function_name: a name, a partial ARN (<c>ACCOUNT:function:NAME</c>) or a full one, each optionally with <c>:QUALIFIER</c>.
/// Source: Lambda API reference, Invoke, FunctionName.
/// </summary>
public sealed record FunctionName(string Name, string? Qualifier, string? AccountId, string? Partition, string? Region)
{
    private const int MaxName = 64;
    private const int MaxQualifier = 128;
    private const string Forms =
        "It is a name (my-function), a partial ARN (123456789012:function:my-function) or an ARN "
        + "(arn:aws:lambda:us-west-2:123456789012:function:my-function), each optionally with :QUALIFIER.";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    private static readonly SearchValues<char> QualifierCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>The name for the API: as much of an ARN as was given, without a qualifier.</summary>
    public string Unqualified =>
        Partition is not null ? $"arn:{Partition}:lambda:{Region}:{AccountId}:function:{Name}"
        : AccountId is not null ? $"{AccountId}:function:{Name}"
        : Name;

    /// <exception cref="InvocationException">LM006: the text has none of the forms.</exception>
    public static FunctionName Parse(string? text)
    {
        if (text is null)
            throw InvocationFailures.WrongArgument("function_name is NULL.", Forms);
        var parts = text.Split(':');
        var name = parts[0] == "arn" ? ParseArn(parts) : ParsePartial(parts);
        if (name is null || !IsName(name.Name) || name.Qualifier is { } qualifier && !IsQualifier(qualifier))
            throw InvocationFailures.WrongArgument($"function_name is \"{Shown.Briefly(text)}\".", Forms);
        return name;
    }

    /// <summary><c>$LATEST</c>, a version's number or an alias.</summary>
    public static bool IsQualifier(string text) =>
        text == "$LATEST" || text.Length is > 0 and <= MaxQualifier && !text.AsSpan().ContainsAnyExcept(QualifierCharacters);

    private static bool IsName(string text) => text.Length is > 0 and <= MaxName && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    private static bool IsAccount(string text) => text.Length == 12 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static FunctionName? ParseArn(string[] parts) =>
        parts is ["arn", var partition, "lambda", var region, var account, "function", var name, .. var rest]
        && rest.Length <= 1
        && partition.StartsWith("aws", StringComparison.Ordinal)
        && !partition.AsSpan().ContainsAnyExcept(NameCharacters)
        && AwsRegion.TryParse(region, out _)
        && IsAccount(account)
            ? new(name, rest.Length == 1 ? rest[0] : null, account, partition, region)
            : null;

    // The API's pattern is [REGION:][ACCOUNT:][function:]NAME[:QUALIFIER], so 123456789012:x is the function x of an account.
    private static FunctionName? ParsePartial(ReadOnlySpan<string> parts)
    {
        string? region = null,
            account = null;
        if (parts.Length > 2 && AwsRegion.TryParse(parts[0], out _) && IsAccount(parts[1]))
        {
            region = parts[0];
            parts = parts[1..];
        }
        if (parts.Length > 1 && IsAccount(parts[0]))
        {
            account = parts[0];
            parts = parts[1..];
        }
        if (parts.Length > 1 && parts[0] == "function")
            parts = parts[1..];
        return parts.Length switch
        {
            1 => new(parts[0], null, account, null, region),
            2 => new(parts[0], parts[1], account, null, region),
            _ => null,
        };
    }
}
