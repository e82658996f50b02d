using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>What servers need to act in their cluster's role: each has a token of its own, which only its bridge is given.</summary>
/// <param name="clusterOf">The cluster of a resource id as it is now; null when it is gone.</param>
/// <param name="places">Where instances are in the network, through which their servers get out.</param>
/// <param name="endpoint">Of the local AWS.</param>
internal sealed class ServerCredentials(Func<string, Cluster?> clusterOf, IRoleCredentials roles, InstancePlaces places, Uri endpoint)
    : IDisposable
{
    /// <summary>Where the bridge of a server has a call explained; the local AWS answers there.</summary>
    public const string ExplanationPath = "/_daybreak/explain/instance";

    /// <summary>What the role is for.</summary>
    public const string Feature = "Lambda";

    private readonly ConcurrentDictionary<string, Server> _servers = new();
    private readonly BridgeHandover _handover = new();

    /// <summary>The environment of an instance's server, which its backends have; what its bridge has beyond it is handed over.</summary>
    /// <param name="bridge">Program of the bridge.</param>
    public ImmutableSortedDictionary<string, string> EnvironmentOf(Cluster cluster, Instance instance, string bridge, string dataDirectory)
    {
        var server = _servers.GetOrAdd(
            instance.ResourceId,
            _ => new Server(NameOf(instance), cluster.ResourceId, roles.Add(NameOf(instance), () => RoleOf(cluster.ResourceId)))
        );
        _handover.Add(
            instance.ResourceId,
            bridge,
            dataDirectory,
            new Dictionary<string, string>
            {
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(endpoint, roles.Path).ToString(),
                ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = server.Token,
                ["DAYBREAK_CLUSTER_CREDENTIALS"] = "1", // the bridge then asks by itself, not through the SDK
                ["DAYBREAK_CLUSTER_EXPLANATION"] = new Uri(endpoint, ExplanationPath).ToString(),
            }
        );
        var variables = ImmutableSortedDictionary<string, string>
            .Empty.Add("AWS_REGION", cluster.Region)
            .Add("DAYBREAK_CLUSTER_HANDOVER", _handover.Name)
            .Add("DAYBREAK_CLUSTER_NETWORK", new Uri(endpoint, places.ResolverOf(instance)).ToString())
            .Add("AWS_EC2_METADATA_DISABLED", "true");
        return Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? variables.Add("DOTNET_ROOT", root) : variables;
    }

    /// <summary>The cluster's role is not what it was: what its servers have of it is worth nothing from now on.</summary>
    public Task EndSessionsAsync(Cluster cluster) =>
        Task.WhenAll(
            _servers
                .Values.Where(server => server.ClusterResourceId == cluster.ResourceId)
                .Select(server => roles.EndSessionsAsync(server.Token))
        );

    /// <summary>The instance whose server has a token; null for anybody else's.</summary>
    public InstanceName? InstanceWith(string token)
    {
        InstanceName? found = null;
        foreach (var server in _servers.Values)
        {
            // However alike a wrong one is, it takes as long.
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(server.Token), Encoding.UTF8.GetBytes(token)))
                found = server.Instance;
        }
        return found;
    }

    /// <summary>The server of that instance is gone: its token opens nothing any more.</summary>
    public void Forget(Instance instance)
    {
        if (_servers.TryRemove(instance.ResourceId, out var server))
            roles.Remove(server.Token);
        _handover.Remove(instance.ResourceId);
    }

    public void Dispose() => _handover.Dispose();

    private static InstanceName NameOf(Instance instance) => new(instance.AccountId, instance.Region, instance.ResourceId);

    private DatabaseRole RoleOf(string clusterResourceId) =>
        clusterOf(clusterResourceId) is { } cluster && cluster.Roles.FirstOrDefault(role => role.FeatureName == Feature) is { } associated
            ? new DatabaseRole(associated.RoleArn, cluster.AccountId, cluster.Arn)
            : throw RdsErrors.NoRoleForLambda(clusterOf(clusterResourceId)?.Kind ?? "cluster");

    private sealed record Server(InstanceName Instance, string ClusterResourceId, string Token);
}
