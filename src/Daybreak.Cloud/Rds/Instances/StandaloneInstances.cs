using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.MasterPasswords;
using Daybreak.Cloud.Rds.Running;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.Rds.States;
using Daybreak.Cloud.Rds.SubnetGroups;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Operations that are only possible for instances without a cluster. For members, the cluster has them.</summary>
internal sealed class StandaloneInstances(
    Databases databases,
    ClusterActors running,
    InstancePlans plans,
    ClusterPlans clusterPlans,
    SubnetGroupOperations subnetGroups,
    ManagedPasswords passwords
)
{
    public async Task<Instance> CreateAsync(CreateDBInstanceMessage request, OperationContext context)
    {
        var own = await plans.OwnClusterAsync(request, context);
        var instance = await plans.NewAsync(request, own, 0, context);
        if (request.ManageMasterUserPassword == true)
        {
            if (databases.FindInstance(instance.Key) is not null)
                throw RdsErrors.InstanceExists();
            own = await passwords.ManageAsync(own, request.MasterUserSecretKmsKeyId, context);
        }
        using var held = await databases.LockAsync(own.Key);
        try
        {
            await databases.PutAsync(own);
            if (!await databases.TryAddAsync(instance))
            {
                await databases.RemoveAsync(own);
                throw RdsErrors.InstanceExists();
            }
        }
        catch
        {
            // The disk may be full. Nobody but RDS could delete the secret.
            await passwords.DiscardAsync(own);
            throw;
        }
        _ = running.Of(own).Create(instance);
        return instance;
    }

    /// <summary>
    /// With the lock held: the effect of a modification on an instance's hidden cluster. Like AWS, it applies all of this at once.
    /// </summary>
    public async Task ModifyAsync(ModifyDBInstanceMessage request, Cluster own, OperationContext context)
    {
        if (request.EngineVersion is { } version && !own.HasVersion(version))
            throw NotImplemented.Of("the change of an instance's EngineVersion");
        if (request.DBPortNumber is { } port && port != own.Port)
            throw NotImplemented.Of("the change of an instance's port");
        if (request.DBSubnetGroupName is { } group && !group.Equals(own.SubnetGroup, StringComparison.OrdinalIgnoreCase))
            throw NotImplemented.Of("the change of an instance's DBSubnetGroupName");
        var change = new PasswordRequest(
            request.ManageMasterUserPassword,
            request.MasterUserPassword,
            request.MasterUserSecretKmsKeyId,
            request.RotateMasterUserPassword,
            request.ApplyImmediately
        ).ChangeOf(own);
        var after = own with
        {
            BackupRetentionPeriod = request.BackupRetentionPeriod is { } days
                ? InstanceRules.BackupRetention(days)
                : own.BackupRetentionPeriod,
            PreferredBackupWindow = request.PreferredBackupWindow is { } window
                ? ClusterRules.BackupWindow(window)
                : own.PreferredBackupWindow,
            DeletionProtection = request.DeletionProtection ?? own.DeletionProtection,
            IamAuthentication = request.EnableIAMDatabaseAuthentication ?? own.IamAuthentication,
            LogExports = LogExports.Change(request.CloudwatchLogsExportConfiguration, own),
            PasswordVerifier = request.MasterUserPassword is { } password
                ? ScramVerifier.Of(ClusterRules.Password(password))
                : own.PasswordVerifier,
            PasswordWaits = own.PasswordWaits || request.MasterUserPassword is not null,
            VpcSecurityGroupIds = request.VpcSecurityGroupIds is { Count: > 0 } groups
                ? clusterPlans.SecurityGroups(groups, subnetGroups.Find(own.SubnetGroup, context).VpcId, context)
                : own.VpcSecurityGroupIds,
        };
        after = await passwords.ChangedAsync(change, after, request.MasterUserPassword, request.MasterUserSecretKmsKeyId, context);
        await databases.PutAsync(after);
        await passwords.ApplyAsync(change, own, after);
        if (after.IamAuthentication != own.IamAuthentication)
            _ = running.Of(after).Reload();
        if (after.PasswordVerifier != own.PasswordVerifier)
            _ = running.Of(after).SetPassword();
    }

    /// <summary>With the lock held, after the instance was marked as being deleted: its hidden cluster is deleted with it.</summary>
    public async Task DeleteAsync(Cluster own, Instance instance)
    {
        var after = own with { Status = ClusterStatus.Deleting };
        await databases.PutAsync(after);
        _ = running.Of(after).Delete(instance);
        running.Delete(after);
    }

    public Task<Instance> StopAsync(DBInstanceNameMessage request, OperationContext context) =>
        MoveAsync("StopDBInstance", request, context, InstanceStatus.Stopping, ClusterStatus.Stopping, static actor => actor.StopAll());

    public Task<Instance> StartAsync(DBInstanceNameMessage request, OperationContext context) =>
        MoveAsync("StartDBInstance", request, context, InstanceStatus.Starting, ClusterStatus.Starting, static actor => actor.StartAll());

    private async Task<Instance> MoveAsync(
        string operation,
        DBInstanceNameMessage request,
        OperationContext context,
        InstanceStatus after,
        ClusterStatus own,
        Func<ClusterActor, Task> step
    )
    {
        var named = databases.Instance(context, request.DBInstanceIdentifier);
        using var held = await databases.LockAsync(named.ClusterKey);
        var instance = databases.Instance(context, request.DBInstanceIdentifier);
        var cluster = databases.Find(instance.ClusterKey)!;
        StateTable.Check(operation, instance, cluster);
        instance = instance with { Status = after };
        await databases.PutAsync(instance);
        await databases.PutAsync(cluster with { Status = own });
        _ = step(running.Of(cluster));
        return instance;
    }
}
