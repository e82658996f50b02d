using System.Globalization;
using System.Text;

namespace Daybreak.Cloud.Logs.Patterns;

/// <summary>
/// Conditions on the columns of a message: <c>[ip, user, ..., status = 4*, size &gt; 1000]</c>. White space separates columns, but not
/// between quotation marks or square brackets.
/// </summary>
internal sealed class ColumnPattern : FilterPattern
{
    private const string Rest = "...";

    private readonly List<(string Name, Func<string, double?, bool>? Condition)> _columns;
    private readonly int _rest;

    private ColumnPattern(List<(string Name, Func<string, double?, bool>? Condition)> columns)
    {
        _columns = columns;
        _rest = columns.FindIndex(static column => column.Name == Rest);
    }

    public static ColumnPattern Of(PatternText text)
    {
        var columns = new List<(string, Func<string, double?, bool>?)>();
        text.Take("[");
        do columns.Add(TakeColumn(text, columns.Count + 1));
        while (text.TryTake(","));
        text.Take("]");
        if (columns.Count(static column => column.Item1 == Rest) > 1)
            throw text.Wrong("there is more than one ...");
        return text.IsAtEnd ? new ColumnPattern(columns) : throw text.Wrong("nothing may follow the closing bracket");
    }

    public override bool Matches(ReadOnlySpan<byte> message) => Match(Encoding.UTF8.GetString(message), null);

    public override IReadOnlyDictionary<string, string> Extract(ReadOnlySpan<byte> message)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Match(Encoding.UTF8.GetString(message), values);
        return values;
    }

    private bool Match(string message, Dictionary<string, string>? values)
    {
        var fields = Split(message);
        var skipped = fields.Count - (_rest < 0 ? _columns.Count : _columns.Count - 1);
        if (_rest < 0 ? skipped != 0 : skipped < 0)
            return false;
        for (var i = 0; i < _columns.Count; i++)
        {
            if (i == _rest)
                continue;
            var field = fields[_rest >= 0 && i > _rest ? i + skipped - 1 : i];
            double? number = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
            if (_columns[i].Condition is { } condition && !condition(field, number))
                return false;
            values?.TryAdd("$" + _columns[i].Name, field);
        }
        return true;
    }

    private static (string, Func<string, double?, bool>?) TakeColumn(PatternText text, int number)
    {
        if (text.TryTake(Rest))
            return (Rest, null);
        var name = text.Next is '_' || char.IsLetter(text.Next) ? TakeName(text) : "";
        var shown = name.Length > 0 ? name : number.ToString(CultureInfo.InvariantCulture);
        if (text.Next is ',' or ']')
            return (shown, null);
        var condition = Compare(text);
        while (text.Next is '&' or '|')
        {
            var isBoth = text.TryTake("&&");
            if (!isBoth)
                text.Take("||");
            if (name.Length > 0 && char.IsLetter(text.Next) && TakeName(text) != name)
                throw text.Wrong("conditions of one column name another");
            var (first, second) = (condition, Compare(text));
            condition = isBoth
                ? (field, value) => first(field, value) && second(field, value)
                : (field, value) => first(field, value) || second(field, value);
        }
        return (shown, condition);
    }

    private static string TakeName(PatternText text) =>
        text.TakeWhile(static letter => char.IsLetterOrDigit(letter) || letter is '_' or '-');

    private static Func<string, double?, bool> Compare(PatternText text)
    {
        var comparison = Comparisons.TryTake(text) ?? throw text.Wrong("a comparison is missing");
        var literal = Literal.Take(text, ",]&|");
        return (field, number) => literal.Holds(comparison, field, number);
    }

    private static List<string> Split(string message)
    {
        var fields = new List<string>();
        var (hasQuote, hasBracket) = (true, true); // whether there may be a closing one in what is left
        for (var at = 0; at < message.Length; )
        {
            if (char.IsWhiteSpace(message[at]))
            {
                at++;
                continue;
            }
            var end = -1;
            if (message[at] == '"' && hasQuote)
                hasQuote = (end = message.IndexOf('"', at + 1)) >= 0;
            else if (message[at] == '[' && hasBracket)
                hasBracket = (end = message.IndexOf(']', at + 1)) >= 0;
            if (end >= 0)
            {
                fields.Add(message[(at + 1)..end]);
                at = end + 1;
                continue;
            }
            var start = at;
            while (at < message.Length && !char.IsWhiteSpace(message[at]))
                at++;
            fields.Add(message[start..at]);
        }
        return fields;
    }
}
