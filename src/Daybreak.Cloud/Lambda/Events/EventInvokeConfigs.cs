using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>The operations on event invoke configurations.</summary>
internal sealed class EventInvokeConfigs(
    FunctionVersions versions,
    EventInvokeConfigTable configs,
    Destinations destinations,
    TimeProvider time
)
{
    private const string Path = "/2019-09-25/functions/{FunctionName}/event-invoke-config";

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<EventInvokeConfigRequest, FunctionEventInvokeConfig>("PutFunctionEventInvokeConfig", PutAsync)
            {
                Route = $"PUT {Path}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<EventInvokeConfigRequest, FunctionEventInvokeConfig>("UpdateFunctionEventInvokeConfig", UpdateAsync)
            {
                Route = $"POST {Path}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<NamesEventInvokeConfigRequest, FunctionEventInvokeConfig>("GetFunctionEventInvokeConfig", Get)
            {
                Route = $"GET {Path}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<NamesEventInvokeConfigRequest, NoMembers>("DeleteFunctionEventInvokeConfig", DeleteAsync)
            {
                Route = $"DELETE {Path}",
                SuccessStatus = 204,
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<ListFunctionEventInvokeConfigsRequest, ListFunctionEventInvokeConfigsResponse>(
                "ListFunctionEventInvokeConfigs",
                List
            )
            {
                Route = $"GET {Path}/list",
                Resource = FunctionReference.ArnOf,
            },
        ];

    /// <summary>Puts a configuration in place of the one that is there: what the request does not say is not set.</summary>
    public ValueTask<FunctionEventInvokeConfig> PutAsync(EventInvokeConfigRequest request, OperationContext context) =>
        ChangeAsync(request, context, static reference => New(reference));

    /// <summary>Changes what the request says.</summary>
    public ValueTask<FunctionEventInvokeConfig> UpdateAsync(EventInvokeConfigRequest request, OperationContext context) =>
        ChangeAsync(request, context, Existing);

    public FunctionEventInvokeConfig Get(NamesEventInvokeConfigRequest request, OperationContext context) =>
        FunctionEventInvokeConfig.Of(Existing(FunctionReference.Of(request, context)));

    public async ValueTask<NoMembers> DeleteAsync(NamesEventInvokeConfigRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        using (await versions.EnterAsync(reference.Key))
            await configs.RemoveAsync(Existing(reference));
        return NoMembers.Instance;
    }

    public ListFunctionEventInvokeConfigsResponse List(ListFunctionEventInvokeConfigsRequest request, OperationContext context)
    {
        var reference = FunctionReference.Unqualified(request, context);
        if (versions.FindLatest(reference) is null)
            throw LambdaErrors.NoFunctionForEvents();
        var page = Page<EventInvokeConfig>.Of(configs.Of(reference), static config => config.Qualifier, request.Marker, request.MaxItems);
        return new ListFunctionEventInvokeConfigsResponse
        {
            FunctionEventInvokeConfigs = [.. page.Items.Select(FunctionEventInvokeConfig.Of)],
            NextMarker = page.NextMarker,
        };
    }

    private async ValueTask<FunctionEventInvokeConfig> ChangeAsync(
        EventInvokeConfigRequest request,
        OperationContext context,
        Func<FunctionReference, EventInvokeConfig> before
    )
    {
        if ((request.MaximumRetryAttempts, request.MaximumEventAgeInSeconds, request.DestinationConfig) is (null, null, null))
            throw LambdaErrors.NoEventSettings();
        var reference = FunctionReference.Of(request, context);
        using (await versions.EnterAsync(reference.Key))
        {
            var function = versions.Find(reference) ?? throw LambdaErrors.NoFunctionForEvents();
            var config = before(reference);
            var (onSuccess, onFailure) = (
                request.DestinationConfig?.OnSuccess?.Destination,
                request.DestinationConfig?.OnFailure?.Destination
            );
            destinations.Check(function, onSuccess, onFailure);
            config = config with
            {
                MaximumRetryAttempts = request.MaximumRetryAttempts ?? config.MaximumRetryAttempts,
                MaximumEventAgeInSeconds = request.MaximumEventAgeInSeconds ?? config.MaximumEventAgeInSeconds,
                OnSuccess = Changed(config.OnSuccess, onSuccess),
                OnFailure = Changed(config.OnFailure, onFailure),
                LastModified = time.GetUtcNow(),
            };
            await configs.PutAsync(config);
            return FunctionEventInvokeConfig.Of(config);
        }
    }

    /// <summary>An empty ARN removes a destination.</summary>
    private static string? Changed(string? before, string? asked) =>
        asked is null ? before
        : asked.Length == 0 ? null
        : asked;

    private static EventInvokeConfig New(FunctionReference reference) =>
        new()
        {
            AccountId = reference.AccountId,
            Region = reference.Region,
            FunctionName = reference.Name,
            Qualifier = reference.Qualifier ?? FunctionReference.Latest,
            LastModified = default,
        };

    private EventInvokeConfig Existing(FunctionReference reference) =>
        configs.Find(reference) ?? throw LambdaErrors.NoEventInvokeConfig(reference.QualifiedArn);
}
