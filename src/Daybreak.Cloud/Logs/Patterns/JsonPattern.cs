using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Daybreak.Cloud.Logs.Patterns;

/// <summary>Conditions on the members of a message that is JSON: <c>{ ($.user = "a*" || $.size &gt; 3) &amp;&amp; $.error IS NULL }</c>.
/// </summary>
internal sealed class JsonPattern : FilterPattern
{
    private const int MostNesting = 32;

    private readonly Func<JsonElement, bool> _condition;
    private readonly List<JsonSelector> _selectors;

    private JsonPattern(Func<JsonElement, bool> condition, List<JsonSelector> selectors) =>
        (_condition, _selectors) = (condition, selectors);

    public static JsonPattern Of(PatternText text)
    {
        var selectors = new List<JsonSelector>();
        text.Take("{");
        var condition = Either(text, selectors, 0);
        text.Take("}");
        return text.IsAtEnd ? new JsonPattern(condition, selectors) : throw text.Wrong("nothing may follow the closing bracket");
    }

    public override bool Matches(ReadOnlySpan<byte> message)
    {
        using var document = Parse(message);
        try
        {
            return document is not null && _condition(document.RootElement);
        }
        catch (InvalidOperationException) // a name or a text has half of a surrogate pair, "\ud800"
        {
            return false;
        }
    }

    public override IReadOnlyDictionary<string, string> Extract(ReadOnlySpan<byte> message)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = Parse(message);
        if (document is null)
            return values;
        foreach (var selector in _selectors)
        {
            try
            {
                if (selector.Find(document.RootElement) is [var first, ..])
                    values[selector.Text] = first.ToString();
            }
            catch (InvalidOperationException)
            {
                // It is no text.
            }
        }
        return values;
    }

    private static JsonDocument? Parse(ReadOnlySpan<byte> message)
    {
        if (message.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
            return null;
        var reader = new Utf8JsonReader(message);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var document) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Func<JsonElement, bool> Either(PatternText text, List<JsonSelector> selectors, int depth)
    {
        var left = Both(text, selectors, depth);
        while (text.TryTake("||"))
        {
            var (first, second) = (left, Both(text, selectors, depth));
            left = root => first(root) || second(root);
        }
        return left;
    }

    private static Func<JsonElement, bool> Both(PatternText text, List<JsonSelector> selectors, int depth)
    {
        var left = Condition(text, selectors, depth);
        while (text.TryTake("&&"))
        {
            var (first, second) = (left, Condition(text, selectors, depth));
            left = root => first(root) && second(root);
        }
        return left;
    }

    private static Func<JsonElement, bool> Condition(PatternText text, List<JsonSelector> selectors, int depth)
    {
        if (text.TryTake("("))
        {
            if (depth == MostNesting)
                throw text.Wrong("there are too many parentheses within each other");
            var inner = Either(text, selectors, depth + 1);
            text.Take(")");
            return inner;
        }
        var selector = JsonSelector.Take(text);
        selectors.Add(selector);
        if (text.TryTakeWords("NOT", "EXISTS"))
            return root => selector.Find(root).Count == 0;
        if (text.TryTakeWords("EXISTS"))
            return root => selector.Find(root).Count > 0;
        if (text.TryTakeWords("IS", "NULL"))
            return root => selector.Find(root).Exists(static value => value.ValueKind == JsonValueKind.Null);
        if (text.TryTakeWords("IS", "TRUE"))
            return root => selector.Find(root).Exists(static value => value.ValueKind == JsonValueKind.True);
        if (text.TryTakeWords("IS", "FALSE"))
            return root => selector.Find(root).Exists(static value => value.ValueKind == JsonValueKind.False);
        var comparison = Comparisons.TryTake(text) ?? throw text.Wrong("a comparison is missing");
        var literal = Literal.Take(text, ")}&|");
        return root => selector.Find(root).Exists(value => Holds(value, comparison, literal));
    }

    private static bool Holds(JsonElement value, Comparison comparison, Literal literal) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => literal.Holds(comparison, value.GetRawText(), value.GetDouble()),
            JsonValueKind.String => literal.Holds(comparison, value.GetString()!, null),
            JsonValueKind.True or JsonValueKind.False => literal.Holds(comparison, value.GetRawText(), null),
            _ => false,
        };
}

/// <summary>The way to a member: <c>$.a.b[0]</c>, <c>$.['a.b']</c>, <c>$.a[*]</c>.</summary>
internal sealed class JsonSelector
{
    private const string Any = "*";

    private readonly List<(string? Name, int Index)> _steps = [];

    public string Text { get; private set; } = "$";

    public static JsonSelector Take(PatternText text)
    {
        text.Take("$");
        var selector = new JsonSelector();
        var shown = new StringBuilder("$");
        while (text.Here is '.' or '[')
        {
            if (text.Here == '.')
            {
                text.Take(".");
                if (text.Here == '[')
                    continue;
                var name = text.TakeWhile(static letter =>
                    char.IsLetterOrDigit(letter) || letter is '_' or '-' or '*' or '@' or '$' or ':'
                );
                if (name.Length == 0)
                    throw text.Wrong("the name of a member is missing");
                selector._steps.Add((name, -1));
                shown.Append('.').Append(name);
            }
            else
            {
                text.Take("[");
                var step = text.Next switch
                {
                    '\'' or '"' => (text.TakeBetween(text.Next), -1),
                    '*' => (text.TakeWhile(static letter => letter == '*'), -1),
                    _ => int.TryParse(text.TakeWhile(char.IsAsciiDigit), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        ? ((string?)null, index)
                        : throw text.Wrong("the index of an array is missing"),
                };
                text.Take("]");
                selector._steps.Add(step);
                shown.Append('[').Append(step.Item1 ?? step.Item2.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }
        if (selector._steps.Count == 0)
            throw text.Wrong("the name of a member is missing");
        selector.Text = shown.ToString();
        return selector;
    }

    public List<JsonElement> Find(JsonElement root)
    {
        List<JsonElement> found = [root];
        foreach (var (name, index) in _steps)
        {
            var next = new List<JsonElement>();
            foreach (var value in found)
                Step(value, name, index, next);
            found = next;
        }
        return found;
    }

    private static void Step(JsonElement value, string? name, int index, List<JsonElement> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            if (name == Any)
                found.AddRange(value.EnumerateArray());
            else if (index >= 0 && index < value.GetArrayLength())
                found.Add(value[index]);
        }
        else if (value.ValueKind == JsonValueKind.Object && name is not null)
        {
            if (name == Any)
                found.AddRange(value.EnumerateObject().Select(static member => member.Value));
            else if (value.TryGetProperty(name, out var member))
                found.Add(member);
        }
    }
}
