using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Daybreak.Explaining;

namespace Daybreak.Bridge.Explain;

/// <summary>An explanation as it goes to PostgreSQL: in ASCII only, so that databases of every encoding can store it, and without control
/// characters: PostgreSQL's text cannot contain NUL, and a terminal obeys the others.</summary>
internal static class ExplanationBytes
{
    // Texts of endpoints and certificates may have any length.
    private const int LongestText = 4000;

    public static ReadOnlyMemory<byte> Of(Explanation explanation)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes))
            ExplanationJson.Write(json, Printable(explanation));
        return bytes.WrittenMemory;
    }

    private static Explanation Printable(Explanation explanation) =>
        new(
            Printable(explanation.Database),
            Printable(explanation.Function),
            [
                .. explanation.Stages.Select(static stage =>
                    stage with
                    {
                        Text = Printable(stage.Text),
                        Evidence = Printable(stage.Evidence),
                        Fix =
                        [
                            .. stage.Fix.Select(static step => new FixStep(Printable(step.What), step.Document, Printable(step.Commands))),
                        ],
                    }
                ),
            ]
        );

    private static ImmutableArray<string> Printable(ImmutableArray<string> texts) => [.. texts.Select(Printable)];

    private static string Printable(string text)
    {
        if (text.Length > LongestText)
            text = text[..LongestText] + "…";
        return text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c)) : text;
    }
}
