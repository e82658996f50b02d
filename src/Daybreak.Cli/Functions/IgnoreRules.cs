using System.Text;
using System.Text.RegularExpressions;

namespace Daybreak.Cli.Functions;

/// <summary>
/// What does not belong into a package. The rules are a part of gitignore's: a name without a slash counts at any depth, one with a slash
/// from the top; <c>*</c> and <c>?</c> do not match a slash, <c>**</c> does; a slash at the end means directories only; <c>!</c> takes
/// back. The last rule that matches decides, and nothing below an ignored directory comes back.
/// </summary>
internal sealed class IgnoreRules
{
    public const string FileName = ".lambdaignore";

    private static readonly string[] Standard =
    [
        ".git",
        ".hg/",
        ".svn/",
        ".gitignore",
        ".gitattributes",
        FileName,
        ".vscode/",
        ".idea/",
        ".DS_Store",
        "__pycache__/",
        "*.pyc",
        ".venv/",
        ".mypy_cache/",
        ".pytest_cache/",
        ".ruff_cache/",
        ".tox/",
        "node_modules/.cache/",
        ".npm/",
        // What editors write beside a file while they save it.
        "*~",
        "*.sw[a-p]",
        "4913",
        ".#*",
        "#*#",
        "*.tmp.[0-9]*",
        "___jb_tmp___",
        "___jb_old___",
    ];

    private readonly List<(Regex Pattern, bool OnlyDirectories, bool Ignores)> _rules = [];

    /// <param name="text">The lines of a <c>.lambdaignore</c>; null: there is none.</param>
    public IgnoreRules(string? text = null)
    {
        foreach (var line in Standard)
            Add(line);
        foreach (var line in (text ?? "").Split('\n'))
        {
            // A rule for a name that begins with # has a backslash before it, as in git.
            if (line.TrimEnd() is { Length: > 0 } rule && rule[0] != '#')
                Add(rule);
        }
    }

    /// <param name="path">Below the directory of the function, with slashes.</param>
    public bool Ignores(string path, bool isDirectory)
    {
        var ignored = false;
        foreach (var (pattern, onlyDirectories, ignores) in _rules)
        {
            if (ignored != ignores && (isDirectory || !onlyDirectories) && pattern.IsMatch(path))
                ignored = ignores;
        }
        return ignored;
    }

    private void Add(string rule)
    {
        var ignores = rule[0] != '!';
        if (!ignores)
            rule = rule[1..];
        var onlyDirectories = rule.EndsWith('/');
        rule = rule.TrimEnd('/');
        var fromTop = rule.Contains('/', StringComparison.Ordinal);
        rule = rule.TrimStart('/');
        if (rule.Length > 0)
            _rules.Add(
                (new Regex((fromTop ? "^" : "(?:^|/)") + Expression(rule) + "$", RegexOptions.NonBacktracking), onlyDirectories, ignores)
            );
    }

    private static string Expression(string rule)
    {
        var text = new StringBuilder();
        for (var at = 0; at < rule.Length; at++)
        {
            var close = rule[at] == '[' ? rule.IndexOf(']', at + 1) : -1;
            if (rule.AsSpan(at).StartsWith("**/"))
            {
                text.Append("(?:.*/)?");
                at += 2;
            }
            else if (rule.AsSpan(at).StartsWith("**"))
            {
                text.Append(".*");
                at++;
            }
            else if (rule[at] == '*')
                text.Append("[^/]*");
            else if (rule[at] == '?')
                text.Append("[^/]");
            else if (close > at + 1 && rule[at + 1] != '!')
            {
                text.Append('[').Append(rule.AsSpan((at + 1)..close).ToString().Replace("\\", "\\\\").Replace("[", "\\[")).Append(']');
                at = close;
            }
            else
            {
                if (rule[at] == '\\' && at + 1 < rule.Length)
                    at++;
                text.Append(Regex.Escape(rule[at].ToString()));
            }
        }
        return text.ToString();
    }
}
