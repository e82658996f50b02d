using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Daybreak.Cli.LocalAws;

/// <summary>Finds out whether the aws CLI of the shell ignores variables of <c>env</c>.</summary>
internal static partial class AwsCliVersion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Returns a sentence about the machine's aws CLI, or null: it obeys AWS_ENDPOINT_URL, or there is none.</summary>
    public static string? Warning(CancellationToken cancellation) =>
        UserProgram.Find("aws") is { } program && Version(program, cancellation) is var (major, minor, text)
            ? Warning(program, major, minor, text)
            : null;

    private static string? Warning(string program, int major, int minor, string text) =>
        (major, minor) switch
        {
            (< 1, _) or (1, < 29) or (2, < 13) =>
                $"{program} is aws CLI {text}, which does not know AWS_ENDPOINT_URL: it calls the real AWS.",
            (1, _) => $"{program} is aws CLI {text}: in us-east-1 it sends rds, docdb, neptune and sqs to the real AWS in spite of "
                + "AWS_ENDPOINT_URL.",
            _ => null,
        };

    // The installer's aws CLI 2 is one file of machine code. Others run in Python and are asked for their version, which takes half a
    // second.
    private static (int Major, int Minor, string Text)? Version(string program, CancellationToken cancellation)
    {
        using (var file = File.OpenRead(program))
        {
            if (file.ReadByte() != '#')
                return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var process = Process.Start(
            new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            said.Wait(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(); // a program that only shows its version starts no others
            return null;
        }

        var match = Pattern().Match(string.Concat(said.Result));
        return match.Success ? (Number(match.Groups[1].Value), Number(match.Groups[2].Value), match.Value["aws-cli/".Length..]) : null;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"aws-cli/(\d+)\.(\d+)[.\d]*")]
    private static partial Regex Pattern();
}
