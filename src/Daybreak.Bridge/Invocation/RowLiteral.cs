using System.Text;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// PostgreSQL's text form of <c>aws_commons._lambda_function_arn_1</c>: <c>(function_name,region)</c>; an empty element is
/// NULL, quotes and backslashes as PostgreSQL writes them (PostgreSQL manual, "Composite Type Input and Output Syntax").
/// </summary>
public static class RowLiteral
{
    /// <summary>True when the text looks like a row; no function name starts with a parenthesis.</summary>
    public static bool LooksLikeOne(string text) => text.Length > 1 && text[0] == '(' && text[^1] == ')';

    /// <summary>Reads exactly two elements; false when the text is not a row of two.</summary>
    public static bool TryParse(string text, out string? functionName, out string? region)
    {
        functionName = region = null;
        if (!LooksLikeOne(text))
            return false;
        var inside = text.AsSpan(1, text.Length - 2);
        return TryReadElement(ref inside, out functionName)
            && !inside.IsEmpty
            && inside[0] == ','
            && TryReadElement(ref inside, out region, skip: 1)
            && inside.IsEmpty;
    }

    private static bool TryReadElement(ref ReadOnlySpan<char> text, out string? element, int skip = 0)
    {
        text = text[skip..];
        element = null;
        if (text.IsEmpty || text[0] == ',')
            return true;
        var read = new StringBuilder(text.Length);
        var quoted = false;
        var at = 0;
        for (; at < text.Length && (quoted || text[at] != ','); at++)
        {
            switch (text[at])
            {
                case '\\' when at + 1 < text.Length:
                    read.Append(text[++at]);
                    break;
                case '"' when quoted && at + 1 < text.Length && text[at + 1] == '"':
                    read.Append(text[++at]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '(' or ')' when !quoted:
                    return false;
                default:
                    read.Append(text[at]);
                    break;
            }
        }
        if (quoted)
            return false;
        element = read.ToString();
        text = text[at..];
        return true;
    }
}
