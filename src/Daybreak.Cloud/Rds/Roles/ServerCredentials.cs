using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>Provides what servers need to act in their cluster's roles: each has its own token for each feature, which only its bridge
/// gets.</summary>
/// <param name="clusterOf">Returns the current cluster of a resource id; null when it was deleted.</param>
/// <param name="places">The places of instances in the network, through which their servers connect.</param>
/// <param name="endpoint">The address of the local AWS.</param>
internal sealed class ServerCredentials(Func<string, Cluster?> clusterOf, IRoleCredentials roles, InstancePlaces places, Uri endpoint)
    : IDisposable
{
    /// <summary>The path with which a server's bridge gets explanations from the local AWS.</summary>
    public const string ExplanationPath = "/_daybreak/explain/instance";

    /// <summary>The feature of the role that <c>aws_lambda</c> acts in.</summary>
    public const string Lambda = "Lambda";

    /// <summary>The variables with which a bridge gets its token for each feature.</summary>
    private static readonly ImmutableSortedDictionary<string, string> TokenVariables = new Dictionary<string, string>
    {
        [Lambda] = "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        ["s3Export"] = "DAYBREAK_CLUSTER_S3_EXPORT_TOKEN",
        ["s3Import"] = "DAYBREAK_CLUSTER_S3_IMPORT_TOKEN",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Server> _servers = new();
    private readonly BridgeHandover _handover = new();

    /// <summary>
    /// The environment of an instance's server, which its backends also have; its bridge gets further variables separately.
    /// </summary>
    /// <param name="bridge">The bridge's program.</param>
    public ImmutableSortedDictionary<string, string> EnvironmentOf(Cluster cluster, Instance instance, string bridge, string dataDirectory)
    {
        var server = _servers.GetOrAdd(
            instance.ResourceId,
            _ => new Server(
                NameOf(instance),
                cluster.ResourceId,
                TokenVariables.Keys.ToImmutableDictionary(
                    feature => feature,
                    feature => roles.Add(NameOf(instance), () => RoleOf(cluster.ResourceId, feature))
                )
            )
        );
        _handover.Add(
            instance.ResourceId,
            bridge,
            dataDirectory,
            new Dictionary<string, string>(server.Tokens.Select(token => KeyValuePair.Create(TokenVariables[token.Key], token.Value)))
            {
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(endpoint, roles.Path).ToString(),
                ["DAYBREAK_CLUSTER_CREDENTIALS"] = "1", // the bridge then asks by itself, not through the SDK
                ["DAYBREAK_CLUSTER_EXPLANATION"] = new Uri(endpoint, ExplanationPath).ToString(),
            }
        );
        return ImmutableSortedDictionary<string, string>
            .Empty.Add("AWS_REGION", cluster.Region)
            .Add("DAYBREAK_CLUSTER_HANDOVER", _handover.Name)
            .Add("DAYBREAK_CLUSTER_NETWORK", new Uri(endpoint, places.ResolverOf(instance)).ToString())
            .Add("AWS_EC2_METADATA_DISABLED", "true");
    }

    /// <summary>Called when the cluster's role for a feature has changed: invalidates its servers' credentials of the previous
    /// role.</summary>
    public Task EndSessionsAsync(Cluster cluster, string feature) =>
        Task.WhenAll(
            _servers
                .Values.Where(server => server.ClusterResourceId == cluster.ResourceId && server.Tokens.ContainsKey(feature))
                .Select(server => roles.EndSessionsAsync(server.Tokens[feature]))
        );

    /// <summary>Returns the instance whose server has a token, that for Lambda; null for any other token.</summary>
    public InstanceName? InstanceWith(string token)
    {
        InstanceName? found = null;
        foreach (var server in _servers.Values)
        {
            // The comparison takes the same time, however similar a wrong token is.
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(server.Tokens[Lambda]), Encoding.UTF8.GetBytes(token)))
                found = server.Instance;
        }
        return found;
    }

    /// <summary>Called when the instance's server is removed: invalidates its token.</summary>
    public void Forget(Instance instance)
    {
        if (_servers.TryRemove(instance.ResourceId, out var server))
        {
            foreach (var token in server.Tokens.Values)
                roles.Remove(token);
        }
        _handover.Remove(instance.ResourceId);
    }

    public void Dispose() => _handover.Dispose();

    private static InstanceName NameOf(Instance instance) => new(instance.AccountId, instance.Region, instance.ResourceId);

    private DatabaseRole RoleOf(string clusterResourceId, string feature) =>
        clusterOf(clusterResourceId) is { } cluster && cluster.Roles.FirstOrDefault(role => role.FeatureName == feature) is { } associated
            ? new DatabaseRole(associated.RoleArn, cluster.AccountId, cluster.Arn)
            : throw RdsErrors.NoRoleFor(feature, clusterOf(clusterResourceId)?.Kind ?? "cluster");

    /// <param name="Tokens">By feature.</param>
    private sealed record Server(InstanceName Instance, string ClusterResourceId, ImmutableDictionary<string, string> Tokens);
}
