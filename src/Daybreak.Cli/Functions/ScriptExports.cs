using System.Text.RegularExpressions;

namespace Daybreak.Cli.Functions;

/// <summary>The names under which scripts offer a handler.</summary>
internal static partial class ScriptExports
{
    /// <returns>Null: there is none of the usual names.</returns>
    public static string? OfPython(string text) => First(Python().Matches(text), "lambda_handler");

    /// <inheritdoc cref="OfPython"/>
    public static string? OfNode(string text) => First(Node().Matches(text), "handler");

    /// <inheritdoc cref="OfPython"/>
    public static string? OfRuby(string text) => First(Ruby().Matches(text), "lambda_handler");

    private static string? First(MatchCollection matches, string usual)
    {
        var names = matches.Select(static match => match.Groups[1].Value).ToHashSet();
        return names.Contains(usual) ? usual : names.FirstOrDefault();
    }

    [GeneratedRegex(
        @"^(?:(?:async[ \t]+)?def[ \t]+(?=\w+[ \t]*\()"
            + @"|(?=\w+[ \t]*(?::[^=\n]+)?=(?!=))|from[ \t].*\bimport\b.*\b)(lambda_handler|handler)\b",
        RegexOptions.Multiline
    )]
    private static partial Regex Python();

    [GeneratedRegex(
        @"(?:\bexports\.|\bexport\s+(?:const|let|var|(?:async\s+)?function\*?)\s+|\bexport\s*\{[^}]*?\b|\bmodule\.exports\s*=\s*\{[^}]*?\b)"
            + @"(handler|lambdaHandler)\b"
    )]
    private static partial Regex Node();

    [GeneratedRegex(@"^def[ \t]+(lambda_handler|handler)\b", RegexOptions.Multiline)]
    private static partial Regex Ruby();
}
