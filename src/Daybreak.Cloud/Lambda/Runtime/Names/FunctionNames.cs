using System.Collections.Concurrent;
using System.Net;

namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>
/// Makes AWS's host names lead nowhere for functions in a sandbox. A name server does this where this process may use its port. An
/// ordinary user may not; then <c>/etc/hosts</c> lists the endpoints of the services that functions mostly call.
/// </summary>
internal sealed class FunctionNames : IAsyncDisposable
{
    private const int Addresses = 8;
    private const int MaxLogged = 100;
    private const string ToDo = "an SDK that does not know AWS_ENDPOINT_URL needs the endpoint set in the code";

    private readonly ConcurrentDictionary<uint, (Action<string> Log, ConcurrentDictionary<string, bool> Logged)> _environments = new();
    private readonly NameServer? _server;

    /// <param name="directory">Directory for the files that sandboxes show.</param>
    public FunctionNames(string directory)
    {
        // Another local AWS may use the first address.
        _server = Enumerable
            .Range(53, Addresses)
            .Select(last => NameServer.Start(new IPEndPoint(new IPAddress([127, 53, 53, (byte)last]), NameServer.Port), Refused, Above))
            .FirstOrDefault(server => server is not null);
        if (_server is not null)
            File.WriteAllText(Resolver = Path.Combine(directory, "resolv.conf"), ResolverFile.With(_server.EndPoint.Address));
        else
            File.WriteAllText(Hosts = Path.Combine(directory, "hosts"), HostsFile.WithAwsNowhere());
    }

    /// <summary>Path of the <c>/etc/resolv.conf</c> of functions; null when they see the machine's.</summary>
    public string? Resolver { get; }

    /// <summary>Path of their <c>/etc/hosts</c>; null when they see the machine's.</summary>
    public string? Hosts { get; }

    /// <summary>The text for <c>status</c>.</summary>
    public string Description =>
        _server is not null
            ? $"AWS's host names lead nowhere: {ToDo}"
            : $"AWS's host names lead nowhere for the usual services and Regions only, " + $"as this user may not use port 53: {ToDo}";

    /// <summary>Calls <paramref name="log"/> from now on with each name that is refused to <paramref name="user"/>.</summary>
    public void LogRefused(uint user, Action<string> log) => _environments[user] = (log, new(StringComparer.OrdinalIgnoreCase));

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IPEndPoint[] Above() => [.. ResolverFile.NameServers().Select(address => new IPEndPoint(address, NameServer.Port))];

    private void Refused(uint user, string name)
    {
        // Each name is logged once, as resolvers ask for each version of IP and each search domain, and SDKs retry.
        if (
            _environments.TryGetValue(user, out var environment)
            && environment.Logged.Count < MaxLogged
            && environment.Logged.TryAdd(name, true)
        )
            environment.Log(name);
    }
}
