namespace Daybreak.Cli.Debugging;

/// <summary>Words for a POSIX shell.</summary>
internal static class ShellText
{
    public static string Quoted(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A command as it is typed, with quotes only where they are needed.</summary>
    public static string Command(IEnumerable<string> words) =>
        string.Join(' ', words.Select(static word => IsPlain(word) ? word : Quoted(word)));

    private static bool IsPlain(string word) =>
        word.Length > 0
        && word.All(static letter => char.IsAsciiLetterOrDigit(letter) || "/._-:=@%+,".Contains(letter, StringComparison.Ordinal));
}
