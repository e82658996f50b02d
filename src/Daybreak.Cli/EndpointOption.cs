using System.CommandLine;

namespace Daybreak.Cli;

/// <summary>The option <c>--port</c> that every command about a local AWS has.</summary>
internal sealed class EndpointOption : Option<int>
{
    public const int DefaultPort = 4566;

    public EndpointOption(string what = "Port of the local AWS on 127.0.0.1")
        : base("--port")
    {
        Description = what;
        HelpName = "PORT";
        DefaultValueFactory = _ => DefaultPort;
        Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var port) || port is < 1 or > 65535))
                result.AddError($"--port must be a number from 1 to 65535, not '{result.Tokens[0].Value}'.");
        });
    }

    /// <summary>What to add to a command to copy; nothing for the usual port.</summary>
    public static string Typed(int port) => port == DefaultPort ? "" : $" --port {port}";

    public static Uri UriOf(int port) => new($"http://127.0.0.1:{port}");
}
