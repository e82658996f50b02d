using System.Collections.Concurrent;
using System.Net;

namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>
/// What functions in a sandbox see of the names of hosts: AWS's lead nowhere. By a name server of ours where its port is ours to take; an
/// ordinary user's it is not, and then a list in <c>/etc/hosts</c> has the endpoints of the services that functions mostly call.
/// </summary>
internal sealed class FunctionNames : IAsyncDisposable
{
    private const int Addresses = 8;
    private const int MaxTold = 100;
    private const string ToDo = "an SDK that does not know AWS_ENDPOINT_URL needs the endpoint set in the code";

    private readonly ConcurrentDictionary<uint, (Action<string> Log, ConcurrentDictionary<string, bool> Told)> _environments = new();
    private readonly NameServer? _server;

    /// <param name="directory">Where the files that sandboxes show are written.</param>
    public FunctionNames(string directory)
    {
        // Another local AWS may have the first one.
        _server = Enumerable
            .Range(53, Addresses)
            .Select(last => NameServer.Start(new IPEndPoint(new IPAddress([127, 53, 53, (byte)last]), NameServer.Port), Refused, Above))
            .FirstOrDefault(server => server is not null);
        if (_server is not null)
            File.WriteAllText(Resolver = Path.Combine(directory, "resolv.conf"), ResolverFile.With(_server.EndPoint.Address));
        else
            File.WriteAllText(Hosts = Path.Combine(directory, "hosts"), HostsFile.WithAwsNowhere());
    }

    /// <summary>Path of the <c>/etc/resolv.conf</c> of functions; null: the machine's.</summary>
    public string? Resolver { get; }

    /// <summary>Path of their <c>/etc/hosts</c>; null: the machine's.</summary>
    public string? Hosts { get; }

    /// <summary>For <c>status</c>.</summary>
    public string Description =>
        _server is not null
            ? $"AWS's host names lead nowhere: {ToDo}"
            : $"AWS's host names lead nowhere for the usual services and Regions, and for the others not, "
                + $"as port 53 is not this user's: {ToDo}";

    /// <summary>From now on what <paramref name="user"/> asks for in vain goes to <paramref name="log"/>.</summary>
    public void Tell(uint user, Action<string> log) => _environments[user] = (log, new(StringComparer.OrdinalIgnoreCase));

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IPEndPoint[] Above() => [.. ResolverFile.NameServers().Select(address => new IPEndPoint(address, NameServer.Port))];

    private void Refused(uint user, string name)
    {
        // Once: resolvers ask for each version of IP and search domain, and SDKs try again.
        if (_environments.TryGetValue(user, out var environment) && environment.Told.Count < MaxTold && environment.Told.TryAdd(name, true))
            environment.Log(name);
    }
}
