using System.Text.RegularExpressions;
using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Tests.Policy.Matching;

public class WildcardTests
{
    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*ab")]
    [InlineData("*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?b")]
    [InlineData("*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")]
    [InlineData("**********************************b")]
    [InlineData("?*a?*a?*a?*a?*a?*a?*a?*a?*a?*a?*a?b")]
    public void Steps_grow_with_text_times_pattern_and_not_with_the_ways_to_split_it(string text)
    {
        var pattern = Tokens(text);
        foreach (var length in new[] { 100, 1000, 10_000 })
        {
            Assert.False(Wildcard.Matches(pattern, new string('a', length), ignoreCase: false, out var steps));
            Assert.InRange(steps, 0, (long)(length + 1) * (LongestStretch(pattern) + 1) + pattern.Length);
        }
    }

    [Fact]
    public void Random_patterns_match_as_a_regular_expression_does()
    {
        var random = new Random(7);
        for (var round = 0; round < 50_000; round++)
        {
            var pattern = Random(random, "ab*?", 8);
            var text = Random(random, "ab", 10);
            var expected = Regex.IsMatch(
                text,
                "^" + pattern.Replace("*", ".*", StringComparison.Ordinal).Replace('?', '.') + "$",
                RegexOptions.CultureInvariant
            );
            Assert.True(expected == Wildcard.Matches(Tokens(pattern), text, ignoreCase: false, out _), $"{pattern} {text}");
            Assert.True(expected == Pattern.Compile(pattern, wildcards: true, variables: false).Matches(text), $"{pattern} {text}");
            Assert.True(
                expected == Wildcard.Matches(Tokens(pattern.ToUpperInvariant()), text, ignoreCase: true, out _),
                $"{pattern} {text}"
            );
        }
    }

    private static string Random(Random random, string alphabet, int longest) =>
        string.Concat(Enumerable.Range(0, random.Next(longest + 1)).Select(_ => alphabet[random.Next(alphabet.Length)]));

    private static int[] Tokens(string pattern) =>
        [
            .. pattern.Select(c =>
                c switch
                {
                    '*' => Wildcard.AnyRun,
                    '?' => Wildcard.AnyOne,
                    _ => c,
                }
            ),
        ];

    private static int LongestStretch(int[] pattern)
    {
        int longest = 0,
            current = 0;
        foreach (var token in pattern)
            longest = Math.Max(longest, current = token == Wildcard.AnyRun ? 0 : current + 1);
        return longest;
    }
}
