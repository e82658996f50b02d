namespace Daybreak.Cloud.Policy.Matching;

/// <summary>Matches a text against a pattern of characters, <see cref="AnyRun"/> and <see cref="AnyOne"/>.</summary>
internal static class Wildcard
{
    public const int AnyRun = -1;
    public const int AnyOne = -2;

    /// <summary>
    /// Matches with one backtracking position, the last run: a later run makes every earlier choice irrelevant, so nothing is tried twice
    /// at two levels. This takes at most (text + 1) × (longest stretch between runs + 1) + pattern steps, however many runs a pattern has,
    /// without recursion or allocation.
    /// </summary>
    public static bool Matches(ReadOnlySpan<int> pattern, ReadOnlySpan<char> text, bool ignoreCase, out long steps)
    {
        int p = 0,
            t = 0,
            run = -1,
            resume = 0;
        steps = 0;
        while (t < text.Length)
        {
            steps++;
            if (p < pattern.Length && pattern[p] == AnyRun)
            {
                run = p++;
                resume = t;
                if (p == pattern.Length)
                    return true;
            }
            else if (p < pattern.Length && (pattern[p] == AnyOne || Same(pattern[p], text[t], ignoreCase)))
            {
                p++;
                t++;
            }
            else if (run >= 0)
            {
                p = run + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == AnyRun)
            p++;
        return p == pattern.Length;
    }

    private static bool Same(int expected, char actual, bool ignoreCase) =>
        expected == actual || (ignoreCase && expected >= 0 && char.ToUpperInvariant((char)expected) == char.ToUpperInvariant(actual));
}
