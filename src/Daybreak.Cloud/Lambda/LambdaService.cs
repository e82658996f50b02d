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

/// <summary>AWS Lambda: its operations, in the order of the API reference.</summary>
public sealed class LambdaService : IAsyncDisposable
{
    private const long CodeRequestLimit = 70_167_211;

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
        var invocations = new Invocations(_functions, _runner, _events, time);
        var lists = new FunctionLists(_table, _functions);
        var tags = new FunctionTags(_functions);
        var extras = new FunctionExtras(_functions);
        var account = new AccountSettings(_table);
        var permissions = new FunctionPermissions(
            store.Table("lambda_policies", FunctionPolicyJson.Default.FunctionPolicy),
            _functions,
            principals
        );
        _functions.Deleted = permissions.RemoveAllAsync;
        var ofFunction = OperationAuthorization.Of<FunctionRequest>(
            resourcePolicy: (r, c) => permissions.PolicyOf(r.FunctionName, r.Qualifier, c)
        );

        RemoveUnusedCode();

        Description = new AwsService
        {
            Name = "lambda",
            Version = "2015-03-31",
            Protocol = new RestJsonProtocol(),
            ErrorForm = LambdaErrors.Form,
            ResourcePolicyOf = permissions.PolicyOf,
            Counts = () => new Dictionary<string, int> { ["functions"] = _table.Count, ["queuedEvents"] = _queue.Count },
            Operations =
            [
                AwsOperation.Refused("AddLayerVersionPermission", "POST /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy"),
                AwsOperation.Of<AddPermissionRequest, AddPermissionResponse>(
                    "AddPermission",
                    permissions.AddAsync,
                    "POST /2015-03-31/functions/{FunctionName}/policy",
                    201,
                    FunctionArns.Of
                ),
                AwsOperation.Refused("CreateAlias", "POST /2015-03-31/functions/{FunctionName}/aliases"),
                AwsOperation.Refused("CreateCodeSigningConfig", "POST /2020-04-22/code-signing-configs"),
                AwsOperation.Refused("CreateEventSourceMapping", "POST /2015-03-31/event-source-mappings"),
                AwsOperation.Of<CreateFunctionRequest, FunctionConfiguration>(
                    "CreateFunction",
                    _functions.CreateAsync,
                    "POST /2015-03-31/functions",
                    201,
                    FunctionArns.New,
                    requestLimit: CodeRequestLimit,
                    tooLarge: static (_, _) => LambdaErrors.RequestTooLarge(CodeRequestLimit, "CreateFunction")
                ),
                AwsOperation.Refused("CreateFunctionUrlConfig", "POST /2021-10-31/functions/{FunctionName}/url"),
                AwsOperation.Refused("DeleteAlias", "DELETE /2015-03-31/functions/{FunctionName}/aliases/{Name}"),
                AwsOperation
                    .Of<DeleteFunctionRequest, NoMembers>(
                        "DeleteFunction",
                        _functions.DeleteAsync,
                        "DELETE /2015-03-31/functions/{FunctionName}",
                        204,
                        FunctionArns.Of
                    )
                    .AuthorizedBy(
                        OperationAuthorization.Of<DeleteFunctionRequest>(
                            resourcePolicy: (r, c) => permissions.PolicyOf(r.FunctionName, r.Qualifier, c)
                        )
                    ),
                AwsOperation.Refused("DeleteEventSourceMapping", "DELETE /2015-03-31/event-source-mappings/{UUID}"),
                AwsOperation.Refused("DeleteFunctionCodeSigningConfig", "DELETE /2020-06-30/functions/{FunctionName}/code-signing-config"),
                AwsOperation.Refused("DeleteFunctionConcurrency", "DELETE /2017-10-31/functions/{FunctionName}/concurrency"),
                AwsOperation.Refused("DeleteFunctionEventInvokeConfig", "DELETE /2019-09-25/functions/{FunctionName}/event-invoke-config"),
                AwsOperation.Refused("DeleteFunctionUrlConfig", "DELETE /2021-10-31/functions/{FunctionName}/url"),
                AwsOperation.Refused("DeleteLayerVersion", "DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}"),
                AwsOperation.Refused(
                    "DeleteProvisionedConcurrencyConfig",
                    "DELETE /2019-09-30/functions/{FunctionName}/provisioned-concurrency"
                ),
                AwsOperation.Of<NoMembers, GetAccountSettingsResponse>(
                    "GetAccountSettings",
                    account.Get,
                    "GET /2016-08-19/account-settings"
                ),
                AwsOperation.Refused("GetAlias", "GET /2015-03-31/functions/{FunctionName}/aliases/{Name}"),
                AwsOperation.Refused("GetEventSourceMapping", "GET /2015-03-31/event-source-mappings/{UUID}"),
                AwsOperation
                    .Of<FunctionRequest, GetFunctionResponse>(
                        "GetFunction",
                        _functions.Get,
                        "GET /2015-03-31/functions/{FunctionName}",
                        resource: FunctionArns.Of
                    )
                    .AuthorizedBy(ofFunction),
                AwsOperation.Of<UnqualifiedFunctionRequest, GetFunctionCodeSigningConfigResponse>(
                    "GetFunctionCodeSigningConfig",
                    extras.GetCodeSigningConfig,
                    "GET /2020-06-30/functions/{FunctionName}/code-signing-config",
                    resource: FunctionArns.Of
                ),
                AwsOperation.Of<UnqualifiedFunctionRequest, GetFunctionConcurrencyResponse>(
                    "GetFunctionConcurrency",
                    extras.GetConcurrency,
                    "GET /2019-09-30/functions/{FunctionName}/concurrency",
                    resource: FunctionArns.Of
                ),
                AwsOperation
                    .Of<FunctionRequest, FunctionConfiguration>(
                        "GetFunctionConfiguration",
                        _functions.GetConfiguration,
                        "GET /2015-03-31/functions/{FunctionName}/configuration",
                        resource: FunctionArns.Of
                    )
                    .AuthorizedBy(ofFunction),
                AwsOperation.Refused("GetFunctionEventInvokeConfig", "GET /2019-09-25/functions/{FunctionName}/event-invoke-config"),
                AwsOperation.Refused("GetFunctionRecursionConfig", "GET /2024-08-31/functions/{FunctionName}/recursion-config"),
                AwsOperation.Refused("GetFunctionUrlConfig", "GET /2021-10-31/functions/{FunctionName}/url"),
                AwsOperation.Refused("GetLayerVersion", "GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}"),
                AwsOperation.Of<FunctionRequest, GetPolicyResponse>(
                    "GetPolicy",
                    permissions.Get,
                    "GET /2015-03-31/functions/{FunctionName}/policy",
                    resource: FunctionArns.Of
                ),
                AwsOperation.Refused("GetProvisionedConcurrencyConfig", "GET /2019-09-30/functions/{FunctionName}/provisioned-concurrency"),
                AwsOperation.Refused("GetRuntimeManagementConfig", "GET /2021-07-20/functions/{FunctionName}/runtime-management-config"),
                AwsOperation
                    .Of<InvokeRequest, InvokeResponse>(
                        "Invoke",
                        invocations.InvokeAsync,
                        "POST /2015-03-31/functions/{FunctionName}/invocations",
                        resource: FunctionArns.Of,
                        action: "InvokeFunction",
                        requestLimit: Invocations.SynchronousLimit,
                        tooLarge: Invocations.TooLarge
                    )
                    .AuthorizedBy(
                        OperationAuthorization.Of<InvokeRequest>(
                            resourcePolicy: (r, c) => permissions.PolicyOf(r.FunctionName, r.Qualifier, c)
                        )
                    ),
                AwsOperation.Refused("InvokeAsync", "POST /2014-11-13/functions/{FunctionName}/invoke-async"),
                AwsOperation.Refused(
                    "InvokeWithResponseStream",
                    "POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations"
                ),
                AwsOperation.Refused("ListAliases", "GET /2015-03-31/functions/{FunctionName}/aliases"),
                AwsOperation.Refused("ListEventSourceMappings", "GET /2015-03-31/event-source-mappings"),
                AwsOperation.Refused("ListFunctionEventInvokeConfigs", "GET /2019-09-25/functions/{FunctionName}/event-invoke-config/list"),
                AwsOperation.Of<ListFunctionsRequest, ListFunctionsResponse>("ListFunctions", lists.List, "GET /2015-03-31/functions"),
                AwsOperation.Refused("ListFunctionUrlConfigs", "GET /2021-10-31/functions/{FunctionName}/urls"),
                AwsOperation.Refused("ListLayers", "GET /2018-10-31/layers"),
                AwsOperation.Refused("ListLayerVersions", "GET /2018-10-31/layers/{LayerName}/versions"),
                AwsOperation.Of<ListTagsRequest, ListTagsResponse>(
                    "ListTags",
                    tags.List,
                    "GET /2017-03-31/tags/{Resource}",
                    resource: FunctionArns.Of
                ),
                AwsOperation.Of<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse>(
                    "ListVersionsByFunction",
                    lists.ListVersions,
                    "GET /2015-03-31/functions/{FunctionName}/versions",
                    resource: FunctionArns.Of
                ),
                AwsOperation.Refused("PublishLayerVersion", "POST /2018-10-31/layers/{LayerName}/versions"),
                AwsOperation.Refused("PublishVersion", "POST /2015-03-31/functions/{FunctionName}/versions"),
                AwsOperation.Refused("PutFunctionCodeSigningConfig", "PUT /2020-06-30/functions/{FunctionName}/code-signing-config"),
                AwsOperation.Refused("PutFunctionConcurrency", "PUT /2017-10-31/functions/{FunctionName}/concurrency"),
                AwsOperation.Refused("PutFunctionEventInvokeConfig", "PUT /2019-09-25/functions/{FunctionName}/event-invoke-config"),
                AwsOperation.Refused("PutFunctionRecursionConfig", "PUT /2024-08-31/functions/{FunctionName}/recursion-config"),
                AwsOperation.Refused("PutProvisionedConcurrencyConfig", "PUT /2019-09-30/functions/{FunctionName}/provisioned-concurrency"),
                AwsOperation.Refused("PutRuntimeManagementConfig", "PUT /2021-07-20/functions/{FunctionName}/runtime-management-config"),
                AwsOperation.Of<RemovePermissionRequest, NoMembers>(
                    "RemovePermission",
                    permissions.RemoveAsync,
                    "DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}",
                    204,
                    FunctionArns.Of
                ),
                AwsOperation.Of<TagResourceRequest, NoMembers>(
                    "TagResource",
                    tags.TagAsync,
                    "POST /2017-03-31/tags/{Resource}",
                    204,
                    FunctionArns.Of
                ),
                AwsOperation.Of<UntagResourceRequest, NoMembers>(
                    "UntagResource",
                    tags.UntagAsync,
                    "DELETE /2017-03-31/tags/{Resource}",
                    204,
                    FunctionArns.Of
                ),
                AwsOperation.Refused("UpdateAlias", "PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}"),
                AwsOperation.Refused("UpdateEventSourceMapping", "PUT /2015-03-31/event-source-mappings/{UUID}"),
                AwsOperation.Of<UpdateFunctionCodeRequest, FunctionConfiguration>(
                    "UpdateFunctionCode",
                    _functions.UpdateCodeAsync,
                    "PUT /2015-03-31/functions/{FunctionName}/code",
                    200,
                    FunctionArns.Of,
                    requestLimit: CodeRequestLimit,
                    tooLarge: static (_, _) => LambdaErrors.RequestTooLarge(CodeRequestLimit, "UpdateFunctionCode")
                ),
                AwsOperation.Of<UpdateFunctionConfigurationRequest, FunctionConfiguration>(
                    "UpdateFunctionConfiguration",
                    _functions.UpdateConfigurationAsync,
                    "PUT /2015-03-31/functions/{FunctionName}/configuration",
                    resource: FunctionArns.Of
                ),
                AwsOperation.Refused("UpdateFunctionEventInvokeConfig", "POST /2019-09-25/functions/{FunctionName}/event-invoke-config"),
                AwsOperation.Refused("UpdateFunctionUrlConfig", "PUT /2021-10-31/functions/{FunctionName}/url"),
            ],
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
