using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Sts;

/// <summary>
/// Credentials of a role for a server that runs here, over the endpoint that every AWS SDK knows
/// (<c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c> and <c>AWS_CONTAINER_AUTHORIZATION_TOKEN</c>). Each server has a token of its own.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html</remarks>
public sealed class ContainerCredentials(ServiceRoles roles, TimeProvider time)
{
    /// <summary>Path and method of the endpoint.</summary>
    public const string Path = "/_daybreak/credentials";

    /// <summary>
    /// Servers are told that credentials end so soon, unless something else is said, though their session lasts an hour: they ask
    /// again, and learn that a trust policy has changed. AWS lets a session run on.
    /// </summary>
    public static readonly TimeSpan ToldLifetime = TimeSpan.FromSeconds(30);

    /// <summary>So long before their session ends, credentials are replaced.</summary>
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Grant> _grants = new();

    /// <summary>Lets whoever shows the returned token have credentials of a role, for as long as the role trusts the service.</summary>
    /// <param name="role">The server's role at the moment. Throws <see cref="AwsException"/> with the reason when it has none.</param>
    /// <param name="toldLifetime">When the server is to ask again; <see cref="ToldLifetime"/> when null.</param>
    public string Add(Func<ServerRole> role, TimeSpan? toldLifetime = null)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _grants[KeyOf(token)] = new Grant(role, toldLifetime ?? ToldLifetime);
        return token;
    }

    /// <summary>Whatever was handed out for the token is worth nothing from now on. AWS lets it run on.</summary>
    public Task EndSessionsAsync(string token) =>
        _grants.TryGetValue(KeyOf(token), out var grant) ? grant.EndAsync(roles) : Task.CompletedTask;

    /// <summary>The token is worth nothing from now on. What was handed out stays good until it expires.</summary>
    public void Remove(string token) => _grants.TryRemove(KeyOf(token), out _);

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!_grants.TryGetValue(KeyOf(http.Request.Headers.Authorization.ToString()), out var grant))
        {
            await RefuseAsync(http, "InvalidToken", "The token is not one that was given out here.", StatusCodes.Status401Unauthorized);
            return;
        }
        try
        {
            var session = await grant.GetAsync(roles, time);
            await RestJsonProtocol.WriteJsonAsync(
                http.Response,
                "application/json",
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("RoleArn", session.RoleArn);
                    json.WriteString("AccessKeyId", session.AccessKeyId);
                    json.WriteString("SecretAccessKey", session.SecretAccessKey);
                    json.WriteString("Token", session.SessionToken);
                    json.WriteString("Expiration", (time.GetUtcNow() + grant.ToldLifetime).UtcDateTime);
                    json.WriteEndObject();
                }
            );
        }
        catch (AwsException error)
        {
            await RefuseAsync(http, error.Code, error.Message, (int)error.Status);
        }
    }

    // Kept by hash: looking a token up then takes no longer for one that is nearly right.
    private static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static async Task RefuseAsync(HttpContext http, string code, string message, int status)
    {
        http.Response.StatusCode = status;
        await RestJsonProtocol.WriteJsonAsync(
            http.Response,
            "application/json",
            json =>
            {
                json.WriteStartObject();
                json.WriteString("code", code);
                json.WriteString("message", message);
                json.WriteEndObject();
            }
        );
    }

    private sealed class Grant(Func<ServerRole> roleNow, TimeSpan toldLifetime)
    {
        private readonly Lock _turn = new();

        // The last one's predecessors are good until they expire.
        private ImmutableArray<RoleSession> _handedOut = [];

        public TimeSpan ToldLifetime => toldLifetime;

        /// <summary>Asked at the same time twice, it may assume the role twice: both are good.</summary>
        /// <exception cref="AwsException">No role, or not this one.</exception>
        public async ValueTask<RoleSession> GetAsync(ServiceRoles roles, TimeProvider time)
        {
            var role = roleNow();
            // A role that no longer trusts the service gives nothing, not even what is left of an older session; nor does
            // another role of the same name give the old one's.
            if (
                roles.WhyNot(role.Service, role.RoleArn, role.SourceAccount, role.SourceArn) is null
                && _handedOut is [.., var kept]
                && kept.RoleArn == role.RoleArn
                && kept.Expiration - time.GetUtcNow() > RefreshBefore
                && roles.IsOfPresentRole(kept)
            )
                return kept;
            var fresh = await roles.AssumeAsync(
                role.Service,
                role.RoleArn,
                role.SessionName,
                role.SourceAccount,
                role.SourceArn,
                server: role.Server
            );
            lock (_turn)
                _handedOut = [.. _handedOut.Where(session => session.Expiration > time.GetUtcNow()), fresh];
            return fresh;
        }

        public async Task EndAsync(ServiceRoles roles)
        {
            ImmutableArray<RoleSession> ended;
            lock (_turn)
                (ended, _handedOut) = (_handedOut, []);
            foreach (var session in ended)
                await roles.EndAsync(session);
        }
    }
}

/// <summary>A role that a server acts in.</summary>
/// <param name="Service"><c>rds.amazonaws.com</c></param>
/// <param name="SourceAccount">Of the resource it belongs to: <c>aws:SourceAccount</c>.</param>
/// <param name="SourceArn">ARN of the cluster or instance: <c>aws:SourceArn</c>.</param>
/// <param name="Server">Whose the keys are: <see cref="RoleSession.Server"/>.</param>
public sealed record ServerRole(
    string Service,
    string RoleArn,
    string SessionName,
    string SourceAccount,
    string SourceArn,
    string? Server = null
);
