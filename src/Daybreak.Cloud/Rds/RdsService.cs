using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds;

/// <summary>Amazon RDS, Aurora PostgreSQL above all.</summary>
public sealed class RdsService : IDisposable
{
    private readonly RdsParts _parts;

    /// <param name="endpoint">Of the local AWS, for the servers' bridges.</param>
    public RdsService(
        StateStore store,
        ISubnets subnets,
        IInstanceNetwork network,
        IRoleCredentials roles,
        IServiceLinkedRole serviceLinkedRole,
        IPermissions permissions,
        Uri endpoint,
        RdsOptions options,
        TimeProvider time
    )
    {
        _parts = new RdsParts(store, subnets, network, roles, serviceLinkedRole, permissions, endpoint, options, time);
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

    /// <summary>A line for each database that another PostgreSQL runs for than the one it shows.</summary>
    public IEnumerable<string> StandIns => _parts.StandIns();

    /// <summary>Clusters and instances of an account: Region and ARN of each.</summary>
    internal IEnumerable<(string Region, string Arn)> ResourcesOf(string accountId) => _parts.ResourcesOf(accountId);

    /// <summary>The instance whose server has a token; null for anybody else's.</summary>
    public InstanceName? InstanceWith(string token) => _parts.Credentials.InstanceWith(token);

    /// <summary>Before the first request: nobody is told that something is available which ran when an earlier process ended, and does not
    /// yet.</summary>
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

    /// <summary>Stops every server; state and data stay as they are. Nothing goes on behind the answers until
    /// <see cref="Continue"/>.</summary>
    public async Task StopAllAsync(CancellationToken hurry)
    {
        await _parts.Maintenance.PauseAsync();
        await Task.WhenAll(_parts.Running.EndAllAsync(hurry), _parts.KeptSnapshots.EndAsync());
    }

    /// <summary>After the store was emptied: removes what it described.</summary>
    public void Forget()
    {
        Continue();
        _parts.Events.Forget();
        _parts.Files.RemoveAll();
        _parts.KeptSnapshots.Files.RemoveAll();
    }

    /// <summary>After <see cref="StopAllAsync"/>: new databases may come.</summary>
    public void Continue()
    {
        _parts.Running.Forget();
        _parts.Maintenance.Continue();
    }

    public void Dispose() => _parts.Dispose();
}
