using System.Text;

namespace Daybreak.Explaining;

/// <summary>A command of the aws CLI as typed into a POSIX shell.</summary>
public static class AwsCommand
{
    public static string Of(string operation, params (string Option, string? Value)[] options)
    {
        var line = new StringBuilder("aws ").Append(operation);
        foreach (var (option, value) in options)
        {
            line.Append(" --").Append(option);
            // A value that looks like an option must be joined to its own option with =.
            if (value is not null)
                line.Append(value.StartsWith('-') ? '=' : ' ').Append(Quoted(value));
        }
        return line.ToString();
    }

    private static string Quoted(string value) =>
        value.Length > 0
        && value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '=' or '@' or '+' or ',')
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
