using System.Buffers.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>
/// What the shell around an extension writes into its output when its process has ended: bytes that no text has, its index, a space and its
/// status.
/// </summary>
internal static class ExtensionMark
{
    /// <summary>The shell command that writes it, given the index; it follows that of the extension.</summary>
    public const string Command = @"printf '\245\132\001%s %s\n' {0} $?";

    public static ReadOnlySpan<byte> Bytes => [0xa5, 0x5a, 0x01];

    /// <param name="text">What follows the bytes.</param>
    public static (int Index, ProcessExit Exit)? Read(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int index, out var length)
        && length < text.Length
        && Utf8Parser.TryParse(text[(length + 1)..], out int status, out _)
            // A shell tells of a signal in this way.
            ? (index, status is > 128 and < 160 ? ProcessExit.BySignal(status - 128) : ProcessExit.WithCode(status))
            : null;
}
