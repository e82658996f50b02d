using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Invoking;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Runtime;
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
    private readonly FunctionRunner _runner;
    private readonly EventQueue _events;
    private readonly ResourceTable<FunctionState> _table;
    private readonly ResourceTable<QueuedEvent> _queue;
    private readonly IFunctionRuntime _runtime;

    public LambdaService(
        StateStore store,
        IFunctionRuntime runtime,
        IExecutionRoles roles,
        IPrincipalIds principals,
        LambdaOptions options,
        TimeProvider time
    )
    {
        _runtime = runtime;
        _table = store.Table("lambda_functions", LambdaState.Default.FunctionState);
        _codes = new CodeStore(store.Directory);
        _downloads = new CodeDownloads(_codes, time);
        _functions = new FunctionStore(_table, _codes, _downloads, runtime, roles, time);
        _runner = new FunctionRunner(_functions, _codes, new Concurrency(), runtime);
        _queue = store.Table("lambda_events", LambdaState.Default.QueuedEvent);
        _events = new EventQueue(_queue, _runner, new RetryPolicy(options.FirstRetryWait, options.SecondRetryWait), time, options.Failed);
        var permissions = new FunctionPermissions(
            store.Table("lambda_policies", FunctionPolicyJson.Default.FunctionPolicy),
            _functions,
            principals
        );
        _functions.Deleted = permissions.RemoveAllAsync;
        RemoveUnusedCode();

        Description = new AwsService
        {
            Name = "lambda",
            Version = "2015-03-31",
            Protocol = new RestJsonProtocol(),
            ErrorForm = LambdaErrors.Form,
            ResourcePolicyOf = permissions.PolicyOf,
            Counts = () => new Dictionary<string, int> { ["functions"] = _table.Count, ["queuedEvents"] = _queue.Count },
            Operations = OperationNames.Complete(
                "Lambda",
                [
                    .. _functions.Operations(permissions),
                    .. new FunctionLists(_table, _functions).Operations(),
                    .. new FunctionTags(_functions).Operations(),
                    .. new FunctionExtras(_functions).Operations(),
                    .. new AccountSettings(_table).Operations(),
                    .. permissions.Operations(),
                    .. new Invocations(_functions, _runner, _events, time).Operations(permissions),
                ]
            ),
        };
    }

    public AwsService Description { get; }

    /// <summary>The functions of an account, in all Regions.</summary>
    public IEnumerable<FunctionState> FunctionsOf(string accountId) =>
        _table.All().Where(item => item.Key.AccountId == accountId).Select(item => item.Value);

    /// <summary>Accepted Event invocations that are not done with.</summary>
    public IEnumerable<QueuedEvent> QueuedEvents => _queue.All().Select(item => item.Value);

    /// <summary>Paths of ours that this service answers.</summary>
    public IEnumerable<KeyValuePair<string, Func<HttpContext, Task>>> Routes => [new($"GET {CodeDownloads.Path}", _downloads.HandleAsync)];

    /// <summary>Goes on with what an earlier process left: half-made changes and accepted events.</summary>
    public void Resume()
    {
        _functions.SettleAll();
        _events.Resume();
    }

    /// <summary>Ends what runs. The store empties the tables next, and <see cref="RemoveUnusedCode"/> follows.</summary>
    public async Task StopAllAsync()
    {
        await _events.ResetAsync();
        await _runtime.ResetAsync();
        _runner.Forget();
    }

    /// <summary>Removes packages that no function has. Only while nothing runs.</summary>
    public void RemoveUnusedCode() => _codes.Keep(_table.All().Select(function => function.Value.Code));

    public ValueTask DisposeAsync() => _events.DisposeAsync();
}
