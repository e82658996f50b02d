using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.Forwarding;

/// <summary>All rules of what is sent on, each with its connections.</summary>
public sealed class Forwards : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, ForwardTarget> _byService;

    /// <param name="here">Services that are here, whose requests are never sent on.</param>
    /// <param name="own">The endpoint of this local AWS.</param>
    /// <exception cref="ForwardException">A rule is for a service that is here, leads back here, comes twice, or has an unknown
    /// profile.</exception>
    public Forwards(ImmutableArray<ForwardRule> rules, IReadOnlyCollection<string> here, Uri own)
    {
        foreach (var rule in rules)
        {
            if (here.Contains(rule.Service))
                throw new ForwardException($"{rule.Service} is here: its requests are not sent on.");
            if (rule.Url.Port == own.Port && rule.IsLocal && LeadsTo(rule.Url, own))
                throw new ForwardException($"{rule.Service}={rule.Url} leads back to this local AWS.");
            if (rules.Count(other => other.Service == rule.Service) > 1)
                throw new ForwardException($"{rule.Service} is sent on to two endpoints.");
        }
        _byService = rules.ToDictionary(static rule => rule.Service, static rule => new ForwardTarget(rule, ConnectLimit));
        foreach (var target in _byService.Values.Where(static target => target is { Rule.Profile: not null, HasKeys: false }))
            throw new ForwardException(
                $"The profile '{target.Rule.Profile}' of {target.Rule.Service} has no aws_access_key_id in ~/.aws/credentials or "
                    + "~/.aws/config. A profile of another kind (SSO, a role) can be written there by: aws configure export-credentials"
            );
    }

    /// <summary>The targets, for <c>status</c>.</summary>
    internal IEnumerable<ForwardTarget> All => _byService.Values;

    /// <summary>Where requests for a service go; null: nowhere.</summary>
    internal ForwardTarget? Find(string service) =>
        _byService.GetValueOrDefault(service) ?? _byService.GetValueOrDefault(ForwardRule.EveryService);

    public void Dispose()
    {
        foreach (var target in _byService.Values)
            target.Dispose();
    }

    private static bool LeadsTo(Uri url, Uri own)
    {
        var host = IPAddress.Parse(own.Host);
        try
        {
            return Dns.GetHostAddresses(url.IdnHost).Contains(host);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A rule that cannot be followed.</summary>
public sealed class ForwardException(string message) : Exception(message);
