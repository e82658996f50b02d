using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Debugging;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Invoking;
using Daybreak.Cloud.Lambda.Layers;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Provisioning;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Testing;
using Daybreak.Cloud.Lambda.Urls;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.Lambda.Vpcs;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda;

/// <summary>AWS Lambda.</summary>
public sealed class LambdaService : IAsyncDisposable
{
    private readonly FunctionStore _functions;
    private readonly CodeStore _codes;
    private readonly CodeDownloads _downloads;
    private readonly EventQueue _events;
    private readonly FunctionVersions _versions;
    private readonly ProvisionedEnvironments _provisioned;
    private readonly IFunctionRuntime _runtime;
    private readonly FunctionPolicies _policies;
    private readonly FunctionUrlTable _urls;
    private readonly VpcAccess _vpcs;
    private readonly FunctionRunner _runner;
    private readonly TestInterface _tests;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;

    public LambdaService(
        StateStore store,
        IFunctionRuntime runtime,
        IExecutionRoles roles,
        IFunctionNetworks networks,
        IPrincipalIds principals,
        IPermissions permissions,
        IMessages messages,
        IPackageBuckets packages,
        IRecordBuckets records,
        LambdaOptions options,
        TimeProvider time
    )
    {
        (_runtime, _time, _failed) = (runtime, time, options.Failed);
        var policies = new FunctionPolicies(store.Table("lambda_policies", FunctionPolicyJson.Default.FunctionPolicy), principals);
        _policies = policies;
        _urls = new FunctionUrlTable(store.Table("lambda_urls", LambdaState.Default.FunctionUrl));
        var configs = new EventInvokeConfigTable(store.Table("lambda_event_configs", LambdaState.Default.EventInvokeConfig));
        _codes = new CodeStore(store);
        _downloads = new CodeDownloads(_codes, time);
        var sources = new CodeSources(_codes, packages);
        _versions = new FunctionVersions(store);
        var layers = new LayerVersions(store, principals);
        var layersOfFunctions = new FunctionLayers(layers, _codes, permissions);
        _vpcs = new VpcAccess(_versions, networks, roles, permissions);
        var destinations = new Destinations(
            new FunctionDestination(_versions, policies, roles, time),
            new MessageDestination("sqs", "Amazon SQS", "SendMessage", messages, time),
            new MessageDestination("sns", "Amazon SNS", "Publish", messages, time),
            new MessageDestination("events", "Amazon EventBridge", "PutEvents", messages, time),
            new BucketDestination(records, time)
        );
        _functions = new FunctionStore(
            _versions,
            policies,
            _urls,
            configs,
            sources,
            _downloads,
            runtime,
            roles,
            layersOfFunctions,
            _vpcs,
            destinations,
            time
        );
        _tests = new TestInterface(time);
        _runner = new FunctionRunner(_functions, _versions, _codes, new Concurrency(_versions), runtime, _tests);
        _provisioned = new ProvisionedEnvironments(_versions, runtime, _runner.VersionFor);
        var retries = new RetryPolicy(options.FirstRetryWait, options.SecondRetryWait);
        var attempts = new EventAttempts(
            _versions,
            configs,
            _runner,
            destinations,
            new Deliveries(_versions, messages, records, time),
            retries,
            time,
            options.Failed
        );
        _events = new EventQueue(Path.Combine(store.Directory, "events.db"), attempts.AttemptAsync, time, options.Failed);

        Description = new AwsService
        {
            Name = "lambda",
            Version = "2015-03-31",
            Protocol = new RestJsonProtocol(),
            ErrorForm = LambdaErrors.Form,
            ResourcePolicyOf = arn => policies.PolicyOf(arn) ?? layers.PolicyOf(arn),
            Empty = EmptyAsync,
            Counts = Counts,
            Operations = OperationNames.Complete(
                "Lambda",
                [
                    .. _functions.Operations(),
                    .. new FunctionLists(_versions).Operations(),
                    .. new PublishedVersions(_versions, _functions).Operations(),
                    .. new FunctionAliases(_versions, policies, _urls, configs, _provisioned).Operations(),
                    .. new FunctionTags(_functions, _versions).Operations(),
                    .. new FunctionExtras(_versions).Operations(),
                    .. new FunctionManagement(_versions).Operations(),
                    .. new ReservedConcurrency(_versions).Operations(),
                    .. new ProvisionedConcurrencies(_versions, _provisioned, time).Operations(),
                    .. new FunctionPermissions(policies, _versions, principals).Operations(),
                    .. new PublishedLayers(layers, sources, _downloads, time).Operations(),
                    .. new LayerPermissions(layers, principals).Operations(),
                    .. new Invocations(_versions, policies, _runner, _events, time).Operations(),
                    .. new EventInvokeConfigs(_versions, configs, destinations, time).Operations(),
                    .. new StreamedInvocations(_versions, policies, _runner, time).Operations(),
                    .. new FunctionUrls(_versions, _urls, time).Operations(),
                    .. new AccountSettings(_versions, layers).Operations(),
                ]
            ),
        };
        RemoveUnusedCode(); // every table is open now
    }

    public AwsService Description { get; }

    /// <summary>Every version of every function of an account, in all Regions.</summary>
    public IEnumerable<FunctionState> VersionsOf(string accountId) => _versions.OfAccount(accountId);

    /// <summary>The version that a name or ARN means; null when there is none.</summary>
    /// <param name="accountId">The account, if it names none; likewise <paramref name="region"/>, unless it is an ARN.</param>
    /// <exception cref="Aws.AwsException">It names another Region.</exception>
    public FunctionState? FindVersion(string name, string accountId, string region)
    {
        var home = name.Split(':') is ["arn", _, _, var named, ..] ? named : region;
        return _versions.Find(FunctionReference.Resolve(name, null, accountId, home));
    }

    /// <summary>Accepts an event from another service of AWS, which has asked whether it may invoke the function. The event is on the disk
    /// when this completes.</summary>
    /// <param name="functionArn">With a qualifier or without.</param>
    /// <param name="traceId">X-Amzn-Trace-Id of what the event follows from, by which loops are found; null: of nothing.</param>
    /// <exception cref="StateException">It is not accepted.</exception>
    public async Task AcceptAsync(string functionArn, byte[] payload, string? traceId)
    {
        var arn = Aws.Arn.Parse(functionArn);
        var reference = FunctionReference.Resolve(functionArn, null, arn.AccountId, arn.Region);
        if (_versions.Find(reference) is not { } function)
            return; // it was deleted meanwhile
        var (through, count) = Lineage.Through(TraceId.Of(traceId, function.IsTraced, _time), reference.UnqualifiedArn);
        await _events.AcceptAsync(
            new QueuedEvent
            {
                RequestId = Guid.NewGuid().ToString(),
                Function = reference,
                Payload = payload,
                TraceId = through,
                Accepted = _time.GetUtcNow(),
                IsLoop = Lineage.IsLoop(count, _versions.FindLatest(reference)),
            }
        );
    }

    /// <summary>Invokes a function for another service of AWS, which has asked whether it may, and waits for its outcome.</summary>
    /// <param name="functionArn">With a qualifier or without.</param>
    /// <returns>Null when there is no such function.</returns>
    /// <exception cref="Aws.AwsException">The account has too many concurrent executions.</exception>
    public async Task<InvocationOutcome?> InvokeAsync(string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var arn = Aws.Arn.Parse(functionArn);
        var invocation = new Invocation(Guid.NewGuid().ToString(), functionArn, payload, WantsLogTail: false);
        return (
            await _runner.RunAsync(FunctionReference.Resolve(functionArn, null, arn.AccountId, arn.Region), invocation, cancellation)
        )?.Outcome;
    }

    /// <summary>Every alias of every function of an account, in all Regions.</summary>
    public IEnumerable<FunctionAlias> AliasesOf(string accountId) => _versions.AliasesOfAccount(accountId);

    /// <summary>Accepted Event invocations that have not ended, without their payloads.</summary>
    public Task<IReadOnlyList<QueuedEvent>> QueuedEventsAsync() => _events.ListAsync();

    /// <summary>Paths that are not AWS's and that this service answers.</summary>
    public IEnumerable<KeyValuePair<string, Func<HttpContext, Task>>> Routes =>
        [new($"GET {CodeDownloads.Path}", _downloads.HandleAsync), .. new TestRoutes(_tests).Routes];

    /// <summary>What answers requests to the URLs of functions; for other requests it returns null.</summary>
    /// <param name="gate">Holds requests back during a reset.</param>
    public Func<HttpRequest, Func<HttpContext, Task>?> UrlsBehind(IAuthenticator authenticator, IAuthorizer authorizer, RequestGate gate) =>
        new FunctionUrlDoor(_urls, _policies, _runner, Description, authenticator, authorizer, gate, _failed, _time).Find;

    /// <summary>Lets processes of developers run functions.</summary>
    public Func<HttpContext, Task> DebuggingBehind(IAuthenticator authenticator, IAuthorizer authorizer) =>
        new DebugDoor(_functions, _runner, _policies, _runtime, Description, authenticator, authorizer).HandleAsync;

    /// <summary>Makes the network interfaces of functions match the functions, whatever an earlier process left unfinished.</summary>
    public Task FollowNetworkAsync(string accountId, string region) => _vpcs.FollowAsync(accountId, region);

    /// <summary>Continues what an earlier process left: pending changes and accepted events.</summary>
    public void Resume()
    {
        _functions.SettleAll();
        _events.Start();
        _provisioned.Follow();
    }

    /// <summary>Ends running functions. In a reset the store empties the tables next, and <see cref="RemoveUnusedCode"/> follows.</summary>
    public async Task StopAllAsync()
    {
        _tests.Release();
        await _events.StopAsync();
        await _runtime.ResetAsync();
        _versions.NoteChange();
        _provisioned.Forget();
    }

    /// <summary>Ends the environments of all functions: idle ones at once, busy ones after their invocation.</summary>
    public void EndEnvironments()
    {
        foreach (var function in _versions.All())
            _runtime.Retire(function.Reference.UnqualifiedArn, null);
        _provisioned.Forget();
        _provisioned.Follow();
    }

    /// <summary>Removes what belongs to functions that the store has just forgotten, and goes on. To be called only while nothing
    /// runs.</summary>
    public async Task ForgetAsync()
    {
        await _events.ClearAsync();
        _tests.Reset();
        RemoveUnusedCode();
        _events.Start();
    }

    /// <summary>Deletes a function as DeleteFunction does, and what tests have armed for it or know of it. It need not exist.</summary>
    /// <param name="name">A name or an ARN.</param>
    /// <exception cref="Aws.AwsException">It is neither.</exception>
    public async Task ResetAsync(string name, string accountId, string region)
    {
        var home = name.Split(':') is ["arn", _, _, var named, ..] ? named : region;
        var reference = FunctionReference.Resolve(name, null, accountId, home);
        if (_versions.FindLatest(reference) is { } function)
            await DeleteAsync(function);
        _tests.Reset(reference.Name);
    }

    /// <summary>Forgets what tests have armed, and the invocations.</summary>
    public void ResetTests() => _tests.Reset();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    // Layers stay: they are like code that is installed.
    private async Task EmptyAsync()
    {
        foreach (var function in _versions.All().ToList())
            await DeleteAsync(function);
        _tests.Reset();
    }

    private Dictionary<string, int> Counts() =>
        new()
        {
            ["functions"] = _versions.Count,
            ["queuedEvents"] = (int)_events.Count,
            ["receivedEvents"] = (int)_events.Received,
            ["droppedEvents"] = (int)_events.Dropped,
            ["oldestEventSeconds"] = (int)_events.Age.TotalSeconds,
        };

    private async Task DeleteAsync(FunctionState function)
    {
        var context = new OperationContext(
            function.AccountId,
            function.Region,
            Caller.Root(function.AccountId, ""),
            Guid.NewGuid().ToString(),
            "",
            CancellationToken.None
        );
        await _functions.DeleteAsync(new DeleteFunctionRequest { FunctionName = function.Reference.UnqualifiedArn }, context);
    }

    private void RemoveUnusedCode() => _codes.RemoveUnused();
}
