using Daybreak.Explaining;

namespace Daybreak.Cli.Text;

/// <summary>How an explanation is spoken of.</summary>
/// <param name="Works">That it works, without a full stop.</param>
/// <param name="Start">What is explained.</param>
internal sealed record ExplanationWords(Func<Explanation, string> Works, Func<Explanation, string> Start)
{
    /// <summary>A call of a function from a database.</summary>
    public static ExplanationWords OfInvocation { get; } =
        new(
            static one => $"aws_lambda.invoke reaches {one.Function} from {one.Database}",
            static one => $"aws_lambda.invoke('{one.Function}') in {one.Database}"
        );

    /// <summary>A connection of a function to a database or an API.</summary>
    public static ExplanationWords OfReach { get; } =
        new(static one => $"{one.Function} reaches {one.Database}", static one => $"{one.Function} connects to {one.Database}");
}
