using System.Collections.Immutable;

namespace Daybreak.Cloud.Explain;

/// <summary>
/// Finds functions that may be meant when none has the given name: the same name in another Region, in another case, or with a typing
/// error. Pure.
/// </summary>
internal static class NearFunctions
{
    private const int MostEdits = 2;
    private const int MostNamed = 3;

    /// <summary>Returns the nearest first, and those of the requested Region before others.</summary>
    public static ImmutableArray<(string Region, string Name)> Of(
        string region,
        string name,
        IEnumerable<(string Region, string Name)> present
    )
    {
        // In a short name, two edits can produce any other name.
        var most = Math.Min(MostEdits, name.Length / 3);
        return
        [
            .. present
                .Select(one => (One: one, Edits: Edits(name.ToUpperInvariant(), one.Name.ToUpperInvariant(), most)))
                .Where(near => near.Edits <= most)
                .OrderBy(near => near.Edits)
                .ThenBy(near => near.One.Region != region)
                .ThenBy(near => near.One.Name, StringComparer.Ordinal)
                .ThenBy(near => near.One.Region, StringComparer.Ordinal)
                .Take(MostNamed)
                .Select(near => near.One),
        ];
    }

    /// <summary>
    /// Counts characters to insert, delete, replace or swap with their neighbour. It may stop counting above <paramref name="most"/>.
    /// </summary>
    private static int Edits(string from, string to, int most)
    {
        if (Math.Abs(from.Length - to.Length) > most)
            return int.MaxValue;
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var swapped =
                    i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] ? table[i - 2, j - 2] + 1 : int.MaxValue;
                table[i, j] = Math.Min(Math.Min(replaced, swapped), Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
            }
        }
        return table[from.Length, to.Length];
    }
}
