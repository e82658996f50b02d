using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Buckets;
using Daybreak.Cloud.S3.Events;
using Daybreak.Cloud.S3.Lists;
using Daybreak.Cloud.S3.Multipart;
using Daybreak.Cloud.S3.Objects;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Settings;
using Daybreak.Cloud.S3.Storage;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.S3;

/// <summary>Amazon S3.</summary>
public sealed class S3Service : IAsyncDisposable
{
    private readonly ObjectStore _store;
    private readonly BucketPolicies _policies;
    private readonly CrossOrigin _pages;
    private readonly S3Access _access;
    private readonly EventOutbox _outbox;
    private CancellationTokenSource _ending = new();

    /// <param name="directory">The directory of the state.</param>
    /// <param name="targets">Where events go.</param>
    /// <param name="failed">Called for internal failures.</param>
    /// <exception cref="State.StateException">The state is damaged or not writable.</exception>
    public S3Service(
        string directory,
        IAuthorizer authorizer,
        IPrincipalIds principals,
        IEventTargets targets,
        Action<Exception> failed,
        TimeProvider time
    )
    {
        _store = new ObjectStore(directory, failed);
        _policies = new BucketPolicies(principals);
        _pages = new CrossOrigin(_store);
        _outbox = new EventOutbox(_store.Database, targets, failed);
        var events = new BucketEvents(_outbox, time);
        var sources = new CopySources(_store);
        Description = new AwsService
        {
            Name = "s3",
            Version = "2006-03-01",
            Protocol = new S3Protocol(),
            ResourcePolicyOf = PolicyOf,
            Counts = () => new Dictionary<string, int> { ["buckets"] = _store.BucketCount },
            Empty = ResetAsync,
            Operations = OperationNames.Complete(
                "S3",
                [
                    .. new BucketOperations(_store, time).Operations(),
                    .. new ObjectReads(_store, time).Operations(),
                    .. new ObjectWrites(_store, events, time).Operations(),
                    .. new ObjectDeletes(_store, events, time).Operations(),
                    .. new ObjectLists(_store).Operations(),
                    .. new VersionLists(_store).Operations(),
                    .. new VersioningOperations(_store).Operations(),
                    .. new ObjectCopies(_store, sources, events, time).Operations(),
                    .. new TaggingOperations(_store, events).Operations(),
                    .. new AttributeOperations(_store).Operations(),
                    .. new MultipartUploads(_store, sources, time).Operations(),
                    .. new Completions(_store, events, time).Operations(),
                    .. new SettingOperations(_store).Operations(),
                    .. new PolicyOperations(_store, _policies, principals).Operations(),
                    .. UnsetSettings.Operations(),
                    .. new NotificationOperations(_store, targets, time).Operations(),
                    .. new UploadLists(_store).Operations(),
                ]
            ),
        };
        _access = new S3Access(Description, authorizer, _policies);
        Objects = new ServiceObjects(_store, _access, _policies, events, time);
    }

    public AwsService Description { get; }

    /// <summary>The objects, for other services.</summary>
    public ServiceObjects Objects { get; }

    /// <summary>Whether a request of a web page is answered.</summary>
    public bool Admits(AwsRequest request) => _pages.Admits(request);

    /// <summary>What answers requests for S3; for other requests it returns null.</summary>
    /// <param name="others">Finds the services that unsigned requests are for otherwise.</param>
    /// <param name="time">Decides whether keys have expired.</param>
    /// <param name="real">The clock of clients.</param>
    public Func<AwsRequest, Func<HttpContext, Task>?> DoorBehind(
        ImmutableArray<IAccessKeys> accessKeys,
        ServiceFinder others,
        RequestGate gate,
        INetworkRoutes? routes,
        string defaultRegion,
        Uri endpoint,
        TimeProvider time,
        TimeProvider real
    ) =>
        new S3Door(
            Description,
            new S3Authenticator(accessKeys, time, real),
            _access,
            _store,
            _pages,
            others,
            gate,
            routes,
            defaultRegion,
            endpoint.ToString().TrimEnd('/'),
            () => Volatile.Read(ref _ending).Token
        ).Find;

    /// <summary>Ends uploads and downloads that are in progress.</summary>
    public async Task EndRequestsAsync()
    {
        using var ended = Interlocked.Exchange(ref _ending, new CancellationTokenSource());
        await ended.CancelAsync();
    }

    /// <summary>Continues with the events that an earlier process left.</summary>
    public void Resume() => _outbox.Start();

    /// <summary>Empties everything.</summary>
    public async Task ResetAsync()
    {
        using (await _outbox.HoldAsync())
            await _store.ResetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        await _store.DisposeAsync();
        _ending.Dispose();
    }

    private AttachedPolicy? PolicyOf(string arn)
    {
        const string Prefix = "arn:aws:s3:::";
        if (!arn.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var name = arn[Prefix.Length..].Split('/', 2)[0];
        return _store.TryFind(name, out var bucket) ? _policies.Of(bucket) : null;
    }
}
