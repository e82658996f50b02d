namespace Daybreak.Cli.Text;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class NearName
{
    /// <returns>Null: none is near.</returns>
    public static string? Of(string typed, IEnumerable<string> names) =>
        names
            .Select(name => (Name: name, Distance: Distance(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(one => one.Distance <= Math.Max(1, Math.Min(typed.Length, one.Name.Length) / 3))
            .OrderBy(static one => one.Distance)
            .ThenBy(static one => one.Name, StringComparer.Ordinal)
            .FirstOrDefault()
            .Name;

    // Levenshtein's.
    private static int Distance(string one, string other)
    {
        var before = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= one.Length; row++)
        {
            var now = new int[other.Length + 1];
            now[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var change = before[column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1);
                now[column] = Math.Min(change, Math.Min(before[column], now[column - 1]) + 1);
            }
            before = now;
        }
        return before[^1];
    }
}
