using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
    /// Servers are told that credentials end so soon, though their session lasts an hour: they ask again, and learn that a trust
    /// policy has changed. AWS lets a session run on.
    /// </summary>
    public static readonly TimeSpan ToldLifetime = TimeSpan.FromSeconds(30);

    /// <summary>So long before their session ends, credentials are replaced.</summary>
    private static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Grant> grants = new();

    /// <summary>Lets whoever shows the returned token have credentials of a role, for as long as the role trusts the service.</summary>
    /// <param name="service"><c>rds.amazonaws.com</c></param>
    /// <param name="sourceArn">ARN of the cluster or instance: <c>aws:SourceArn</c>.</param>
    public string Add(string service, string roleArn, string sessionName, string sourceAccount, string sourceArn)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        grants[KeyOf(token)] = new Grant(service, roleArn, sessionName, sourceAccount, sourceArn);
        return token;
    }

    /// <summary>The token is worth nothing from now on. What was handed out stays good until it expires.</summary>
    public void Remove(string token) => grants.TryRemove(KeyOf(token), out _);

    public async Task HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!grants.TryGetValue(KeyOf(http.Request.Headers.Authorization.ToString()), out var grant))
        {
            await RefuseAsync(http, "InvalidToken", "The token is not one that was given out here.", StatusCodes.Status401Unauthorized);
            return;
        }
        try
        {
            var session = await grant.GetAsync(roles, time);
            await RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", json =>
            {
                json.WriteStartObject();
                json.WriteString("RoleArn", grant.RoleArn);
                json.WriteString("AccessKeyId", session.AccessKeyId);
                json.WriteString("SecretAccessKey", session.SecretAccessKey);
                json.WriteString("Token", session.SessionToken);
                json.WriteString("Expiration", (time.GetUtcNow() + ToldLifetime).UtcDateTime);
                json.WriteEndObject();
            });
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
        await RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", json =>
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("message", message);
            json.WriteEndObject();
        });
    }

    private sealed class Grant(string service, string roleArn, string sessionName, string sourceAccount, string sourceArn)
    {
        private RoleSession? current;

        public string RoleArn => roleArn;

        /// <summary>Asked at the same time twice, it may assume the role twice: both are good.</summary>
        public async ValueTask<RoleSession> GetAsync(ServiceRoles roles, TimeProvider time)
        {
            // A role that no longer trusts the service gives nothing, not even what is left of an older session; nor does
            // another role of the same name give the old one's.
            if (roles.WhyNot(service, roleArn, sourceAccount, sourceArn) is null && current is { } kept
                && kept.Expiration - time.GetUtcNow() > RefreshBefore && roles.IsOfPresentRole(kept))
                return kept;
            current = await roles.AssumeAsync(service, roleArn, sessionName, sourceAccount, sourceArn);
            return current;
        }
    }
}
