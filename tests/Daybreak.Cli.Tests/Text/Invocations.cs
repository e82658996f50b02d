using Daybreak.Cli.Text;
using Daybreak.Explaining;

namespace Daybreak.Cli.Tests.Text;

/// <summary>Explanations of calls.</summary>
internal static class Invocations
{
    public static readonly Explanation Works = new(
        "demo-1",
        "simple",
        [Stage.Ok("extension", "aws_lambda is there."), Stage.Ok("function", "simple is active.")]
    );

    public static readonly Explanation Fails = new(
        "demo-1",
        "simple",
        [
            Stage.Ok("extension", "aws_lambda is there."),
            Stage.Failed(
                "network",
                "The packets do not come back.",
                [
                    new FixStep("Let them in.", null, ["aws ec2 create-network-acl-entry", "aws ec2 wait"]),
                    new FixStep("Let them out.", null, []),
                ]
            ) with
            {
                Hops =
                [
                    new StageHop("subnet", true, "subnet-1 sends to \"nat-1\"", []),
                    new StageHop("acl", false, "acl-1 drops <1024 & more", []),
                ],
            },
            Stage.Failed("role", "There is no role.", Stage.FixOf("Add one.", "x")),
            Stage.NotReached("function", "Not checked."),
        ]
    );

    public static Explanation Of(Stage stage) => new("demo-1", "simple", [stage]);

    public static string Shown(Action<Explanation, ExplanationWords, TextWriter> write, Explanation explanation)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(explanation, ExplanationWords.OfInvocation, output);
        return output.ToString();
    }
}
