namespace Daybreak.Explaining;

/// <summary>Commands of the aws CLI for one Region, which they name if the CLI would use another.</summary>
/// <param name="Default">The Region of commands that name none.</param>
public sealed record RegionalCommands(string Region, string Default)
{
    public string Of(string operation, params (string Option, string? Value)[] options) =>
        AwsCommand.Of(operation, Region == Default ? options : [("region", Region), .. options]);
}
