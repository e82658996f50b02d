using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds;

/// <summary>Amazon RDS, Aurora PostgreSQL above all.</summary>
public sealed class RdsService : IDisposable
{
    private readonly RdsParts _parts;

    /// <param name="endpoint">The address of the local AWS, which the servers' bridges call.</param>
    public RdsService(
        StateStore store,
        ISubnets subnets,
        IInstanceNetwork network,
        IRoleCredentials roles,
        IServiceLinkedRole serviceLinkedRole,
        IMasterSecrets secrets,
        ImmutableArray<IAccessKeys> accessKeys,
        IPermissions permissions,
        IDatabaseLogs logs,
        Uri endpoint,
        RdsOptions options,
        TimeProvider time
    )
    {
        _parts = new RdsParts(
            store,
            subnets,
            network,
            roles,
            serviceLinkedRole,
            secrets,
            accessKeys,
            permissions,
            logs,
            endpoint,
            options,
            time
        );
        Description = new AwsService
        {
            Name = "rds",
            Version = "2014-10-31",
            Protocol = new QueryProtocol(),
            XmlNamespace = "http://rds.amazonaws.com/doc/2014-10-31/",
            ValidationErrorCode = "InvalidParameterValue",
            Counts = _parts.Count,
            Operations = OperationNames.Complete("Rds", _parts.Operations),
        };
    }

    public AwsService Description { get; }

    internal InstanceFacts Facts => _parts.Facts;

    /// <summary>Changes the managed password of the database that has the secret.</summary>
    /// <param name="version">Id of the new version of the secret.</param>
    public ValueTask RotateMasterPasswordAsync(string secretArn, string version) => _parts.Passwords.RotateAsync(secretArn, version);

    /// <summary>Returns a line for each database for which another PostgreSQL runs than the one that it shows.</summary>
    public IEnumerable<string> StandIns => _parts.StandIns();

    /// <summary>PEM of the authority that certifies the servers; null before the first one.</summary>
    public string? AuthorityFile => _parts.Certificates.KnownAuthorityFile;

    /// <summary>Returns the Region and ARN of each cluster and instance of an account.</summary>
    internal IEnumerable<(string Region, string Arn)> ResourcesOf(string accountId) => _parts.ResourcesOf(accountId);

    /// <summary>Returns the instance whose server has the token; null for any other token.</summary>
    public InstanceName? InstanceWith(string token) => _parts.Credentials.InstanceWith(token);

    /// <summary>
    /// Called before the first request: databases that ran when an earlier process ended are not shown as available until they run again.
    /// </summary>
    public async Task PrepareAsync()
    {
        await _parts.Running.FinishRenamingAsync();
        await _parts.Running.MarkStartingAsync();
    }

    /// <summary>Starts the servers that ran when an earlier process ended.</summary>
    public void Resume()
    {
        _parts.Running.Resume();
        _parts.KeptSnapshots.Resume();
    }

    /// <summary>Stops every server; state and data stay as they are. No background step runs until <see cref="Continue"/>.</summary>
    public async Task StopAllAsync(CancellationToken hurry)
    {
        await _parts.Maintenance.PauseAsync();
        await Task.WhenAll(_parts.Running.EndAllAsync(hurry), _parts.KeptSnapshots.EndAsync());
    }

    /// <summary>Called after the store was emptied: removes the data of the databases that it described.</summary>
    public void Forget()
    {
        Continue();
        _parts.Events.Forget();
        _parts.Files.RemoveAll();
        _parts.KeptSnapshots.Files.RemoveAll();
    }

    /// <summary>Called after <see cref="StopAllAsync"/>: databases can be created again.</summary>
    public void Continue()
    {
        _parts.Running.Forget();
        _parts.Maintenance.Continue();
    }

    public void Dispose() => _parts.Dispose();
}
