using System.Collections.Immutable;
using Daybreak.Aws;

namespace Daybreak.Cli.LocalAws;

/// <summary>
/// Access keys of the account's root. They come from the environment, because everybody on the machine can read the arguments of a process.
/// </summary>
internal static class RootCredentialsVariable
{
    public const string Name = "DAYBREAK_ROOT_CREDENTIALS";

    /// <param name="value"><c>ACCESS_KEY_ID:SECRET</c>, several separated by spaces; null or empty for none.</param>
    /// <returns>The given ones; none of them is the pair that always exists.</returns>
    /// <exception cref="CommandFailedException">A pair has no colon, an empty half, or a key that appears twice. The message does not
    /// repeat it.</exception>
    public static ImmutableArray<AwsCredentials> Read(string? value)
    {
        var pairs = (value ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(
                static (pair, index) =>
                {
                    var colon = pair.IndexOf(':', StringComparison.Ordinal);
                    return colon > 0 && colon < pair.Length - 1
                        ? new AwsCredentials(pair[..colon], pair[(colon + 1)..])
                        : throw Malformed($"pair {index + 1} is not ACCESS_KEY_ID:SECRET");
                }
            );
        ImmutableArray<AwsCredentials> roots = [.. pairs];
        return roots.Select(static pair => pair.AccessKeyId).Append(LocalAwsVariables.AccessKey).Distinct().Count() == roots.Length + 1
            ? roots
            : throw Malformed("an access key comes twice");
    }

    private static CommandFailedException Malformed(string defect) => new(ExitCode.Usage, $"{Name}: {defect}.");
}
