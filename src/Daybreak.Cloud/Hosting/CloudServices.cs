using System.Collections.Immutable;
using Daybreak.Cloud.Ec2;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms;
using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Logs;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.S3;
using Daybreak.Cloud.SecretsManager;
using Daybreak.Cloud.Ssm;

namespace Daybreak.Cloud.Hosting;

/// <summary>Builds the services of a local AWS, and connects each to what it needs of another.</summary>
internal sealed class CloudServices : IAsyncDisposable
{
    /// <summary>A longer move of the clock ends environments, as AWS does after hours: their credentials are from before.</summary>
    private static readonly TimeSpan AgeOfEnvironments = TimeSpan.FromHours(1);

    private readonly CloudStorage _storage;
    private readonly CloudIdentity _identity;
    private readonly SecretsManagerService _secrets;
    private readonly SsmService _parameters;
    private readonly KmsService _keys;
    private readonly OpenNetwork? _openNetwork;

    /// <param name="runtime">Runs functions. Disposed of with the services.</param>
    /// <param name="functionDoors">The ways out of its functions.</param>
    /// <param name="forwards">Where messages of functions go.</param>
    /// <param name="listener">Accepts connections of clients and database servers.</param>
    public CloudServices(
        CloudOptions options,
        CloudStorage storage,
        CloudIdentity identity,
        IFunctionRuntime runtime,
        FunctionDoors functionDoors,
        LogsService logs,
        Forwards forwards,
        FrontDoorListener listener,
        TimeProvider time
    )
    {
        (_storage, _identity) = (storage, identity);
        Logs = logs;
        Ec2 = new Ec2Service(storage.Store, identity.PrincipalIds, time);
        var messages = new ForwardedMessages(forwards, identity.ExecutionRoles, options.AccountId);
        var invocations = new ServiceInvocations(options.EnforcesIam, time);
        var bucketEvents = new BucketEventTargets(messages, invocations);
        // A rule for S3 by its name takes the place of the S3 that is here.
        if (!options.Forwards.Any(static rule => rule.Service == "s3"))
            S3 = new S3Service(storage.Store.Directory, identity.Authorizer, identity.PrincipalIds, bucketEvents, options.Failed, time);
        var buckets = new FunctionBuckets(S3?.Objects, identity.ExecutionRoles);
        Lambda = new LambdaService(
            storage.Store,
            runtime,
            identity.ExecutionRoles,
            new FunctionInterfaces(Ec2.Networks, time),
            identity.PrincipalIds,
            identity.Permissions,
            messages,
            buckets,
            buckets,
            new LambdaOptions(options.FirstRetryWait, options.SecondRetryWait, options.Failed),
            time
        );
        invocations.Functions = Lambda;
        var roles = new ServiceRoleCredentials(identity.ServiceRoles, identity.ContainerCredentials);
        var databaseInterfaces = new DatabaseInterfaces(Ec2.Networks, time);
        _keys = new KmsService(storage.Store, identity.PrincipalIds, identity.Permissions, options.Failed, time);
        _secrets = new SecretsManagerService(
            storage.Store,
            identity.PrincipalIds,
            new SecretKeys(_keys, identity.Authorizer),
            new RotationFunctions(invocations, identity.Permissions),
            options.Failed,
            time
        );
        Rds = new RdsService(
            storage.Store,
            new DatabaseSubnets(Ec2.Networks.Of),
            databaseInterfaces,
            roles,
            new RdsServiceLinkedRole(identity.LinkedRoles, identity.Permissions),
            new MasterSecrets(_secrets.Managed),
            identity.AccessKeys,
            identity.Permissions,
            new DatabaseLogs(logs, time),
            listener.Endpoint,
            new RdsOptions(options.StateDirectory, options.Postgres, options.TakesAnyEngineVersion, options.Failed),
            time
        );
        _secrets.Managed.Rotate = Rds.RotateMasterPasswordAsync;
        _parameters = new SsmService(
            storage.Store,
            new SecretReferences(_secrets.Description, identity.Authorizer),
            new ParameterKeys(_keys, identity.Authorizer),
            time
        );
        var iam = identity.IamOf((accountId, _) => Rds.ResourcesOf(accountId), time);
        All =
        [
            iam.Description,
            identity.Sts.Description,
            Lambda.Description,
            Ec2.Description,
            Rds.Description,
            Logs.Description,
            .. S3 is null ? ImmutableArray<AwsService>.Empty : [S3.Description],
            _secrets.Description,
            _parameters.Description,
            _keys.Description,
        ];

        if (options.EnforcesNetwork)
        {
            Doors = new NetworkDoors(
                Ec2.Networks.Of,
                listener.AddDoor,
                caller => InterfaceOf(caller, roles) ?? functionDoors.InterfaceOf(caller)
            );
            functionDoors.Enforced = new FunctionDoors.Enforcement(
                Doors,
                Ec2.Networks.Of,
                [.. All.Select(static service => service.Name)],
                DatabasesOf
            );
            Ec2.Networks.Changed += Doors.Follow;
            databaseInterfaces.Changed = Doors.FollowDatabases;
            Resolver = Doors.Resolve;
        }
        else
        {
            _openNetwork = new OpenNetwork(() => listener.AddDoor(options.Address));
            Resolver = _openNetwork.Resolve;
        }
    }

    public LambdaService Lambda { get; }

    public Ec2Service Ec2 { get; }

    public RdsService Rds { get; }

    public LogsService Logs { get; }

    /// <summary>Null when requests for S3 are sent on.</summary>
    public S3Service? S3 { get; }

    /// <summary>All services.</summary>
    public ImmutableArray<AwsService> All { get; }

    /// <summary>The side doors for database servers; null when the network is not enforced.</summary>
    public NetworkDoors? Doors { get; }

    /// <summary>Resolves host names of the APIs for a network interface.</summary>
    public Resolver Resolver { get; }

    /// <summary>To be called before the first request.</summary>
    public async Task PrepareAsync()
    {
        await Rds.PrepareAsync();
        foreach (var network in Ec2.Networks.All.ToList())
            await Lambda.FollowNetworkAsync(network.AccountId, network.Region);
    }

    /// <summary>Continues operations that were in progress when the state was written.</summary>
    public void Resume()
    {
        Lambda.Resume();
        Rds.Resume();
        _secrets.Resume();
        S3?.Resume();
    }

    /// <summary>To be called when the clock has been moved.</summary>
    public void NoteMove(TimeSpan by)
    {
        if (by.Duration() >= AgeOfEnvironments)
            Lambda.EndEnvironments();
    }

    /// <summary>Ends what current requests wait for.</summary>
    public async Task EndRequestsAsync()
    {
        Logs.EndTails();
        if (S3 is not null)
            await S3.EndRequestsAsync();
        await Lambda.StopAllAsync();
    }

    /// <summary>Empties everything, of every account and Region. Nothing else may change it meanwhile.</summary>
    public async Task ResetAsync()
    {
        await Rds.StopAllAsync(CancellationToken.None);
        try
        {
            await Lambda.StopAllAsync();
            await Logs.WhenStoredAsync();
            await _identity.ChangeAsync(() => Ec2.ResetAsync(_storage.Store.ResetAsync));
        }
        catch
        {
            // Everything still exists (the disk may be full), so the stopped parts start again.
            Rds.Continue();
            Resume();
            throw;
        }
        await Lambda.ForgetAsync();
        Rds.Forget();
        _parameters.Forget();
        await Logs.ForgetAsync();
        if (S3 is not null)
            await S3.ResetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Doors?.Dispose();
        _openNetwork?.Dispose();
        await _secrets.DisposeAsync();
        await Lambda.DisposeAsync();
        if (S3 is not null)
            await S3.DisposeAsync();
        _keys.Dispose();
        Rds.Dispose();
        Ec2.Dispose();
    }

    private IEnumerable<DatabaseAddress> DatabasesOf(string accountId, string region) =>
        Rds
            .Facts.AddressesIn(accountId, region)
            .Select(static database => new DatabaseAddress(database.Address, [.. database.Instances.Select(DatabaseInterfaces.IdOf)]));

    private static (string AccountId, string Region, string Id)? InterfaceOf(Caller caller, ServiceRoleCredentials roles) =>
        caller.Principal is Principal.RoleSession && roles.HolderOf(caller.AccessKeyId) is { } server
            ? (server.AccountId, server.Region, DatabaseInterfaces.IdOf(server))
            : null;
}
