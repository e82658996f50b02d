using System.Text;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Logs.Patterns;

/// <summary>Terms: all that stand alone, none with <c>-</c>; or one at least of those with <c>?</c>, where there are no others.</summary>
internal sealed class TermPattern : FilterPattern
{
    public static readonly TermPattern All = new([], [], []);

    private readonly Term[] _required;
    private readonly Term[] _excluded;
    private readonly Term[] _optional;

    private TermPattern(Term[] required, Term[] excluded, Term[] optional) =>
        // Terms with ? do not count beside others.
        (_required, _excluded, _optional) = (required, excluded, required.Length + excluded.Length > 0 ? [] : optional);

    public override bool IsEmpty => _required.Length + _excluded.Length + _optional.Length == 0;

    public static TermPattern Of(PatternText text)
    {
        List<Term> required = [],
            excluded = [],
            optional = [];
        while (!text.IsAtEnd)
        {
            var kind =
                text.TryTake("-") ? excluded
                : text.TryTake("?") ? optional
                : required;
            kind.Add(TakeTerm(text));
        }
        return new TermPattern([.. required], [.. excluded], [.. optional]);
    }

    public override bool Matches(ReadOnlySpan<byte> message)
    {
        foreach (var term in _required)
        {
            if (!term.IsIn(message))
                return false;
        }
        foreach (var term in _excluded)
        {
            if (term.IsIn(message))
                return false;
        }
        foreach (var term in _optional)
        {
            if (term.IsIn(message))
                return true;
        }
        return _optional.Length == 0;
    }

    private static Term TakeTerm(PatternText text)
    {
        switch (text.Here)
        {
            case '"':
                return new Term(Encoding.UTF8.GetBytes(text.TakeBetween('"')), null);
            case '%':
                return new Term([], Literal.Expression(text));
            default:
                var word = text.TakeWhile(static letter => char.IsLetterOrDigit(letter) || letter == '_' || char.IsSurrogate(letter));
                return word.Length > 0 && (text.Here == '\0' || char.IsWhiteSpace(text.Here))
                    ? new Term(Encoding.UTF8.GetBytes(word), null)
                    : throw text.Wrong("a term with other characters than letters, digits and _ needs quotation marks");
        }
    }

    private readonly record struct Term(byte[] Text, Regex? Expression)
    {
        public bool IsIn(ReadOnlySpan<byte> message) =>
            Expression is null ? message.IndexOf(Text) >= 0 : Expression.IsMatch(Encoding.UTF8.GetString(message));
    }
}
