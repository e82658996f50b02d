using System.Collections.Immutable;
using Daybreak.Cloud.Forwarding;

namespace Daybreak.Cli.LocalAws;

/// <summary>Rules of what is sent on, for every <c>up</c>; those that are given as options come before it.</summary>
internal static class ForwardVariable
{
    public const string Name = "DAYBREAK_FORWARD";

    /// <param name="value"><c>SERVICE=URL</c>, several separated by spaces; null or empty for none.</param>
    /// <param name="options">The rules of <c>--forward</c>.</param>
    /// <exception cref="CommandFailedException">One of them is no rule.</exception>
    public static ImmutableArray<ForwardRule> Read(string? value, IReadOnlyList<string> options)
    {
        var given = Parse("--forward", options);
        var others = Parse(Name, (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return [.. given, .. others.Where(rule => !given.Exists(option => option.Service == rule.Service))];
    }

    private static List<ForwardRule> Parse(string source, IEnumerable<string> texts) =>
        [
            .. texts.Select(text =>
                ForwardRule.TryParse(text, out var rule, out var defect)
                    ? rule
                    : throw new CommandFailedException(ExitCode.Usage, $"{source}: {defect}.")
            ),
        ];
}
