using System.CommandLine;

namespace Daybreak.Cli.LocalAws;

/// <summary>The option <c>--port</c> of every command about a local AWS.</summary>
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

    /// <summary>Without <c>--port</c> this is the local AWS that AWS_ENDPOINT_URL names.</summary>
    public static EndpointOption OrVariable() =>
        new("Port of the local AWS on 127.0.0.1; without it, that of AWS_ENDPOINT_URL")
        {
            DefaultValueFactory = result =>
            {
                if (Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is not { Length: > 0 } url)
                    return DefaultPort;
                if (Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback)
                    return endpoint.Port;
                result.AddError($"AWS_ENDPOINT_URL is {url}, which is not a local AWS on this machine. Use --port, or unset it.");
                return DefaultPort;
            },
        };

    /// <summary>The option to add to a command for the user to copy; empty for the usual port.</summary>
    public static string Typed(int port) => port == DefaultPort ? "" : $" --port {port}";

    public static Uri UriOf(int port) => new($"http://127.0.0.1:{port}");
}
