using System.Globalization;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Logs.Patterns;

/// <summary>What a value is compared with: a number, a text with <c>*</c> for anything, or a regular expression between <c>%</c>.</summary>
internal sealed class Literal
{
    private readonly double? _number;
    private readonly string? _text;
    private readonly Regex? _expression;

    private Literal(double? number, string? text, Regex? expression) => (_number, _text, _expression) = (number, text, expression);

    public static Literal Take(PatternText text, string ends)
    {
        switch (text.Next)
        {
            case '"':
                return OfText(text.TakeBetween('"'));
            case '%':
                return new Literal(null, null, Expression(text));
            default:
                var word = text.TakeWhile(letter => !char.IsWhiteSpace(letter) && !ends.Contains(letter, StringComparison.Ordinal));
                if (word.Length == 0)
                    throw text.Wrong("a value is missing");
                return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? new Literal(number, word, null)
                    : OfText(word);
        }
    }

    /// <summary>Takes a regular expression between <c>%</c>. It takes linear time, whatever the text.</summary>
    public static Regex Expression(PatternText text)
    {
        var pattern = text.TakeBetween('%');
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw text.Wrong("the regular expression is not valid");
        }
    }

    /// <param name="number">The value, if it is one.</param>
    public bool Holds(Comparison comparison, string value, double? number) =>
        comparison switch
        {
            Comparison.Equal => Equals(value, number),
            Comparison.NotEqual => !Equals(value, number),
            Comparison.Less => number < _number,
            Comparison.LessOrEqual => number <= _number,
            Comparison.Greater => number > _number,
            _ => number >= _number,
        };

    private static Literal OfText(string text) =>
        text.Contains('*', StringComparison.Ordinal)
            ? new Literal(
                null,
                null,
                new Regex(
                    $"^{Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal)}\\z",
                    RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline
                )
            )
            : new Literal(null, text, null);

    private bool Equals(string value, double? number) =>
        _expression is not null ? _expression.IsMatch(value)
        : _number is not null && number is not null ? number.Value.Equals(_number.Value)
        : value == _text;
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal static class Comparisons
{
    public static Comparison? TryTake(PatternText text) =>
        text.TryTake("!=") ? Comparison.NotEqual
        : text.TryTake("<=") ? Comparison.LessOrEqual
        : text.TryTake(">=") ? Comparison.GreaterOrEqual
        : text.TryTake("=") ? Comparison.Equal
        : text.TryTake("<") ? Comparison.Less
        : text.TryTake(">") ? Comparison.Greater
        : null;
}
