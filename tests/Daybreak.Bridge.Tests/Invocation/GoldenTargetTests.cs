using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;
using Daybreak.Tests.Shared;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>
/// The calls of <c>tests/golden/targets.txt</c>, which the shim reads as well (<c>extension/aws_lambda/test/targets.c</c>): it compares what
/// it read with the rules of <c>daybreak.allow</c>.
/// </summary>
public sealed class GoldenTargetTests
{
    private const string Ambient = "ambient-region-1";

    [Fact]
    public void Every_call_is_read_as_the_shim_reads_it()
    {
        var calls = File.ReadAllLines(Path.Combine(Checkout.Root, "tests", "golden", "targets.txt"))
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => line.Split(" => "))
            .ToList();
        Assert.True(calls.Count > 60, $"{calls.Count} calls");
        Assert.All(calls, static call => Assert.Equal((call[0], call[1]), (call[0], Read(call[0]))));
    }

    private static string Read(string call)
    {
        var words = call.Split(' ').Select(static word => word is "-" ? null : word.Trim('\'')).ToArray();
        try
        {
            var target = InvokeTargetResolver.Resolve(
                new(InvokeForm.Text, words[0], words[1], Qualifier: words[2], DefaultRegion: words[3]),
                new(Ambient, null)
            );
            var region = target.Region.Code is Ambient ? null : target.Region.Code;
            return string.Join(
                ' ',
                new[] { region, target.Function.AccountId, target.Function.Name, target.Qualifier }.Select(word => word ?? "-")
            );
        }
        catch (InvocationException)
        {
            return "refused";
        }
    }
}
