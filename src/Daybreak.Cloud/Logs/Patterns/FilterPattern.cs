using System.Collections.Immutable;

namespace Daybreak.Cloud.Logs.Patterns;

/// <summary>
/// A filter pattern: terms, a JSON selector <c>{ $.x = 1 }</c>, or columns <c>[a, b]</c>. Upper and lower case differ.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"/>
/// </summary>
public abstract class FilterPattern
{
    /// <summary>Whether it matches everything.</summary>
    public virtual bool IsEmpty => false;

    /// <exception cref="Aws.AwsException">It is malformed.</exception>
    public static FilterPattern Parse(string text)
    {
        var trimmed = text.Trim();
        return trimmed is [] ? TermPattern.All
            : trimmed[0] == '{' ? JsonPattern.Of(new PatternText(trimmed))
            : trimmed[0] == '[' ? ColumnPattern.Of(new PatternText(trimmed))
            : TermPattern.Of(new PatternText(trimmed));
    }

    /// <param name="message">UTF-8.</param>
    public abstract bool Matches(ReadOnlySpan<byte> message);

    /// <summary>What the pattern names in a message that matches: <c>$.status</c> or <c>$status</c> and their values.</summary>
    public virtual IReadOnlyDictionary<string, string> Extract(ReadOnlySpan<byte> message) => ImmutableDictionary<string, string>.Empty;
}
