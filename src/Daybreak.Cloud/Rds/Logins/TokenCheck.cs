using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Logins;

/// <summary>Decides who may log in to a database with a token.</summary>
/// <param name="time">Decides whether keys have expired.</param>
/// <param name="real">The clock of clients, which sign with the time that it has.</param>
internal sealed class TokenCheck(
    CustomEndpoints endpoints,
    ImmutableArray<IAccessKeys> accessKeys,
    IPermissions permissions,
    TimeProvider time,
    TimeProvider real
)
{
    private static readonly ServiceAction Connect = new("rds-db:connect");
    private static readonly byte[] EmptyBody = SHA256.HashData([]);

    private readonly SigV4Verifier _verifier = new(real);

    /// <returns>What the log says; null when the user may log in.</returns>
    public string? Refusal(Cluster cluster, Instance instance, string user, string password)
    {
        var invalid =
            $"[ERROR] Failed to authenticate the connection request for user {user} because the provided token is malformed or otherwise "
            + "invalid. (Status Code: 400, Error Code: InvalidToken)";
        if (
            LoginToken.TryParse(password) is not { } token
            || token.User != user
            || token.Port != cluster.Port
            || !AddressesOf(cluster, instance).Contains(token.Host, StringComparer.Ordinal)
        )
            return invalid;
        var parsed = _verifier.Parse(token.Request, out var authorization);
        if (parsed.Outcome == SigV4Outcome.SignatureExpired)
            return TooOld(user);
        if (
            authorization is null
            || !SigV4Verifier.CheckScope(authorization, cluster.Region, "rds-db").IsValid
            || Find(authorization.Credential.AccessKeyId) is not { } key
            || !_verifier.Verify(authorization, token.Request, key.Credentials.SecretAccessKey, EmptyBody).IsValid
            || !IsSame(key.Credentials.SessionToken ?? "", authorization.SessionToken ?? "")
        )
            return invalid;
        if (key.Credentials.Expiration <= time.GetUtcNow())
            return TooOld(user); // it ends with the credentials that signed it
        var context = new OperationContext(
            cluster.AccountId,
            cluster.Region,
            key.Caller,
            Guid.NewGuid().ToString(),
            "",
            CancellationToken.None
        );
        return permissions.Denial(context, Connect, ResourceOf(cluster, instance, user), ContextKeys.None) is null
            ? null
            : $"[ERROR] Failed to authorize the connection request for user {user} because the IAM policy assumed by the caller "
                + $"'{key.Caller.Arn}' is not authorized to perform `rds-db:connect` on the DB instance. (Status Code: 403, Error "
                + "Code:NotAuthorized)";
    }

    /// <summary>The ARN that policies name.</summary>
    public static string ResourceOf(Cluster cluster, Instance instance, string user) =>
        $"arn:aws:rds-db:{cluster.Region}:{cluster.AccountId}:dbuser:"
        + $"{(cluster.OnlyInstance is null ? cluster.ResourceId : instance.ResourceId)}/{user}";

    private static string TooOld(string user) =>
        $"[ERROR] Failed to authenticate the connection request for user {user} because the token age is longer than 15 minutes. "
        + "(Status Code: 400, Error Code:ExpiredToken)";

    /// <summary>A token for any endpoint of the cluster is good.</summary>
    private IEnumerable<string> AddressesOf(Cluster cluster, Instance instance) =>
        [instance.Address, .. cluster.SharedAddresses, .. endpoints.Of(cluster).Select(static endpoint => endpoint.Address)];

    private AccessKey? Find(string accessKeyId) =>
        accessKeys.Select(keys => keys.Find(accessKeyId)).FirstOrDefault(static found => found is not null);

    private static bool IsSame(string known, string sent) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(sent));
}
