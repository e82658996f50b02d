using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.State;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>
/// Hands the servers' bridges the credentials of their cluster's role, over the endpoint that every AWS SDK knows
/// (<c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c>). Each server has a token of its own, which only its environment holds.
/// </summary>
/// <param name="clusterOf">The cluster as it is now; null when it is gone.</param>
/// <param name="endpoint">Of the local AWS.</param>
internal sealed class CredentialEndpoint(
    Func<ResourceKey, Cluster?> clusterOf, IRoleCredentials roles, Func<Uri> endpoint, TimeProvider time)
{
    public const string Path = "/_daybreak/rds/credentials";

    /// <summary>What the role is for.</summary>
    public const string Feature = "Lambda";

    // The session is good for an hour, but the bridge asks again this soon, so that a role that was removed is not used for longer.
    private static readonly TimeSpan shownLife = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan renewBefore = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Server> servers = new();

    /// <summary>The environment of an instance's server, and so its bridge's.</summary>
    public ImmutableSortedDictionary<string, string> EnvironmentOf(Cluster cluster, Instance instance)
    {
        var server = servers.GetOrAdd(instance.ResourceId, _ => new Server(cluster.Key, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        var address = endpoint().ToString().TrimEnd('/');
        var variables = ImmutableSortedDictionary<string, string>.Empty
            .Add("AWS_REGION", cluster.Region)
            .Add("AWS_ENDPOINT_URL", address)
            .Add("AWS_CONTAINER_CREDENTIALS_FULL_URI", address + Path)
            .Add("AWS_CONTAINER_AUTHORIZATION_TOKEN", server.Token)
            .Add("AWS_EC2_METADATA_DISABLED", "true")
            .Add("DAYBREAK_CLUSTER_CREDENTIALS", "1"); // the bridge then asks by itself, not through the SDK
        return Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? variables.Add("DOTNET_ROOT", root) : variables;
    }

    /// <summary>The server of that instance is gone: its token opens nothing any more.</summary>
    public void Forget(Instance instance) => servers.TryRemove(instance.ResourceId, out _);

    public async Task HandleAsync(HttpContext http)
    {
        if (Find(http.Request.Headers.Authorization.ToString()) is not { } server)
        {
            await AnswerAsync(http, StatusCodes.Status401Unauthorized, new Refusal("InvalidToken", "The authorization token is not one of a database server."));
            return;
        }
        if (clusterOf(server.Cluster) is not { } cluster || cluster.Roles.FirstOrDefault(role => role.FeatureName == Feature) is not { } associated)
        {
            await AnswerAsync(http, StatusCodes.Status404NotFound, new Refusal("NoRole", "No IAM role is associated with the feature Lambda of the DB cluster."));
            return;
        }
        try
        {
            var keys = await server.CredentialsAsync(roles, associated.RoleArn, cluster, time);
            var shown = time.GetUtcNow() + shownLife;
            await AnswerAsync(http, StatusCodes.Status200OK, new RoleCredentials(
                keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, associated.RoleArn, shown.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")));
        }
        catch (AwsException refused)
        {
            await AnswerAsync(http, StatusCodes.Status403Forbidden, new Refusal(refused.Code, refused.Message));
        }
    }

    private Server? Find(string token)
    {
        Server? found = null;
        // Every token is compared, each in constant time.
        foreach (var server in servers.Values)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(server.Token), Encoding.UTF8.GetBytes(token)))
                found = server;
        }
        return found;
    }

    private static async Task AnswerAsync<T>(HttpContext http, int status, T body)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(body, RolesJson.Default.Options, http.RequestAborted);
    }

    private sealed class Server(ResourceKey cluster, string token)
    {
        private volatile Kept? kept;

        public ResourceKey Cluster { get; } = cluster;

        public string Token { get; } = token;

        /// <remarks>Two requests at once may begin a session each; either is good.</remarks>
        /// <exception cref="AwsException">AccessDenied, also when the trust policy changed after the session began.</exception>
        public async Task<AwsCredentials> CredentialsAsync(IRoleCredentials roles, string role, Cluster cluster, TimeProvider time)
        {
            if (kept is { } last && last.Role == role && last.Credentials.Expiration - time.GetUtcNow() > renewBefore
                && roles.WhyNot(role, cluster.AccountId, cluster.Arn) is null)
                return last.Credentials;
            var fresh = await roles.AssumeAsync(role, cluster.AccountId, cluster.Arn);
            kept = new Kept(role, fresh);
            return fresh;
        }
    }

    private sealed record Kept(string Role, AwsCredentials Credentials);
}
