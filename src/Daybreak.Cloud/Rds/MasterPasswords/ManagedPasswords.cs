using System.Security.Cryptography;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Running;
using Daybreak.Cloud.Rds.Settings;

namespace Daybreak.Cloud.Rds.MasterPasswords;

/// <summary>Passwords of master users that RDS itself makes and keeps in Secrets Manager.</summary>
internal sealed class ManagedPasswords(Databases databases, ClusterActors running, IMasterSecrets secrets, IPermissions permissions)
{
    private const int Length = 32;

    // What a password may consist of, without what JSON, shells and URLs write in another way.
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%()*+,-.:;=?[]^_{|}~";

    private static readonly ServiceAction Create = new("secretsmanager:CreateSecret");
    private static readonly ServiceAction Tag = new("secretsmanager:TagResource");
    private static readonly ServiceAction Rotate = new("secretsmanager:RotateSecret");

    /// <summary>Makes a password and its secret. The caller stores the result, or gives it to <see cref="DiscardAsync"/>.</summary>
    /// <returns>The cluster that has both.</returns>
    /// <exception cref="Aws.AwsException">The key is not supported, or the caller may not create secrets.</exception>
    public async ValueTask<Cluster> ManageAsync(Cluster cluster, string? kmsKeyId, OperationContext context)
    {
        var key = EncryptionKey.OfMasterSecret(kmsKeyId, cluster.AccountId, cluster.Region);
        var name = $"rds!{(cluster.OnlyInstance is null ? "cluster" : "db")}-{Guid.NewGuid()}";
        var arn = $"arn:aws:secretsmanager:{cluster.Region}:{cluster.AccountId}:secret:{name}-??????";
        foreach (var action in (ServiceAction[])[Create, Tag])
            Require(action, arn, context);
        var kind = cluster.OnlyInstance is null ? "Cluster" : "Instance";
        var password = New();
        var secret = await secrets.CreateAsync(
            new MasterSecretPlan(
                cluster.AccountId,
                cluster.Region,
                name,
                $"Secret associated with primary RDS DB {cluster.Kind}: {cluster.Arn}",
                new Dictionary<string, string> { [$"aws:rds:primaryDB{kind}Arn"] = cluster.Arn }
            ),
            cluster.MasterUsername,
            password
        );
        return WithPassword(cluster, password) with { MasterSecret = new MasterSecret(secret, key) };
    }

    /// <summary>Removes the secret of a cluster that was not stored, or has the password of its user again.</summary>
    public async ValueTask DiscardAsync(Cluster cluster)
    {
        if (cluster.MasterSecret is { } secret)
            await secrets.RemoveAsync(secret.Arn);
    }

    /// <summary>What a modification makes of the password. The caller holds the lock, stores the result, and applies it.</summary>
    public async ValueTask<Cluster> ChangedAsync(
        PasswordChange change,
        Cluster cluster,
        string? password,
        string? kmsKeyId,
        OperationContext context
    )
    {
        switch (change)
        {
            case PasswordChange.Manage:
                return await ManageAsync(cluster, kmsKeyId, context);
            case PasswordChange.Leave:
                return WithPassword(cluster, ClusterRules.Password(password)) with { MasterSecret = null };
            case PasswordChange.Rotate:
                Require(Rotate, cluster.MasterSecret!.Arn, context);
                return await NextAsync(cluster, Guid.NewGuid().ToString());
            default:
                return cluster;
        }
    }

    /// <summary>Gives the servers a password that <see cref="ChangedAsync"/> made.</summary>
    /// <param name="after">As it is stored now.</param>
    public async ValueTask ApplyAsync(PasswordChange change, Cluster before, Cluster after)
    {
        if (change == PasswordChange.Leave)
            await DiscardAsync(before);
        if (change != PasswordChange.None)
            _ = running.Of(after).SetPassword();
    }

    /// <summary>Called by Secrets Manager: changes the password of the database that has the secret.</summary>
    /// <param name="version">Id of the new version of the secret.</param>
    public async ValueTask RotateAsync(string secretArn, string version)
    {
        if (databases.AllClusters.FirstOrDefault(cluster => cluster.MasterSecret?.Arn == secretArn) is not { } named)
            return;
        using var held = await databases.LockAsync(named.Key);
        if (databases.Present(named) is not { MasterSecret: not null } cluster)
            return;
        var after = await NextAsync(cluster, version);
        await databases.PutAsync(after);
        _ = running.Of(after).SetPassword();
    }

    private async ValueTask<Cluster> NextAsync(Cluster cluster, string version)
    {
        var password = New();
        var secret = cluster.MasterSecret!;
        await secrets.AddPendingAsync(secret.Arn, version, cluster.MasterUsername, password);
        return WithPassword(cluster, password) with { MasterSecret = secret with { Pending = version } };
    }

    private void Require(ServiceAction action, string arn, OperationContext context)
    {
        if (permissions.Denial(context, action, arn, ContextKeys.None) is { } denial)
            throw RdsErrors.AccessDenied(denial);
    }

    private static Cluster WithPassword(Cluster cluster, string password) =>
        cluster with
        {
            PasswordVerifier = ScramVerifier.Of(password),
            PendingPasswordVerifier = null,
            PasswordWaits = true,
        };

    private static string New() => RandomNumberGenerator.GetString(Letters, Length);
}
