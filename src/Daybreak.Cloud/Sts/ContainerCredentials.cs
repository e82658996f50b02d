using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Sts;

/// <summary>
/// Credentials of a role for a server that runs here, through the endpoint that every AWS SDK supports
/// (<c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c> and <c>AWS_CONTAINER_AUTHORIZATION_TOKEN</c>). Each server has its own token.
/// </summary>
/// <param name="real">The clock of the servers, by which they ask again.</param>
/// <remarks>https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html</remarks>
public sealed class ContainerCredentials(ServiceRoles roles, TimeProvider time, TimeProvider real)
{
    /// <summary>Path and method of the endpoint.</summary>
    public const string Path = "/_daybreak/credentials";

    /// <summary>
    /// The default lifetime that servers see, though their session lasts an hour. Servers therefore ask again soon, and notice when a trust
    /// policy has changed. AWS lets such a session continue.
    /// </summary>
    public static readonly TimeSpan ReportedLifetime = TimeSpan.FromSeconds(30);

    /// <summary>How long before the end of their session credentials are replaced.</summary>
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Grant> _grants = new();

    /// <summary>Returns a token; whoever presents it gets credentials of a role, as long as the role trusts the service.</summary>
    /// <param name="role">Returns the server's current role. Throws <see cref="AwsException"/> with the reason when it has none.</param>
    /// <param name="reportedLifetime">The lifetime that the server sees; null: <see cref="ReportedLifetime"/>.</param>
    public string Add(Func<ServerRole> role, TimeSpan? reportedLifetime = null)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _grants[KeyOf(token)] = new Grant(role, reportedLifetime ?? ReportedLifetime);
        return token;
    }

    /// <summary>Invalidates all credentials that were issued for the token. AWS lets them continue.</summary>
    public Task EndSessionsAsync(string token) =>
        _grants.TryGetValue(KeyOf(token), out var grant) ? grant.EndAsync(roles) : Task.CompletedTask;

    /// <summary>Invalidates the token. Credentials that were issued for it stay valid until they expire.</summary>
    public void Remove(string token) => _grants.TryRemove(KeyOf(token), out _);

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!_grants.TryGetValue(KeyOf(http.Request.Headers.Authorization.ToString()), out var grant))
        {
            await RefuseAsync(http, "InvalidToken", "The token was not issued here.", StatusCodes.Status401Unauthorized);
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
                    json.WriteString("Expiration", (real.GetUtcNow() + grant.ReportedLifetime).UtcDateTime);
                    json.WriteEndObject();
                }
            );
        }
        catch (AwsException error)
        {
            await RefuseAsync(http, error.Code, error.Message, (int)error.Status);
        }
    }

    // Tokens are stored by hash, so that a look-up takes no longer for one that is almost right.
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

    private sealed class Grant(Func<ServerRole> roleNow, TimeSpan reportedLifetime)
    {
        private readonly Lock _lock = new();

        // Earlier sessions stay valid until they expire.
        private ImmutableArray<RoleSession> _handedOut = [];

        public TimeSpan ReportedLifetime => reportedLifetime;

        /// <summary>Two simultaneous calls may both assume the role; both sessions are valid.</summary>
        /// <exception cref="AwsException">There is no role, or the service may not assume it.</exception>
        public async ValueTask<RoleSession> GetAsync(ServiceRoles roles, TimeProvider time)
        {
            var role = roleNow();
            // A role that no longer trusts the service gives no credentials, not even those of an existing session; and a new role with the
            // same name does not continue sessions of the old one.
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
            lock (_lock)
                _handedOut = [.. _handedOut.Where(session => session.Expiration > time.GetUtcNow()), fresh];
            return fresh;
        }

        public async Task EndAsync(ServiceRoles roles)
        {
            ImmutableArray<RoleSession> ended;
            lock (_lock)
                (ended, _handedOut) = (_handedOut, []);
            foreach (var session in ended)
                await roles.EndAsync(session);
        }
    }
}

/// <summary>The role of a server.</summary>
/// <param name="Service"><c>rds.amazonaws.com</c></param>
/// <param name="SourceAccount">The account of the resource it belongs to: <c>aws:SourceAccount</c>.</param>
/// <param name="SourceArn">ARN of the cluster or instance: <c>aws:SourceArn</c>.</param>
/// <param name="Server">The owner of the keys: <see cref="RoleSession.Server"/>.</param>
public sealed record ServerRole(
    string Service,
    string RoleArn,
    string SessionName,
    string SourceAccount,
    string SourceArn,
    string? Server = null
);
