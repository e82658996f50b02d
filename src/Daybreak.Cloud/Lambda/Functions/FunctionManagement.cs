using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Settings of functions that are no part of their configuration, and make no new revision.</summary>
internal sealed class FunctionManagement(FunctionVersions versions)
{
    private const string Recursion = "/2024-08-31/functions/{FunctionName}/recursion-config";
    private const string Runtime = "/2021-07-20/functions/{FunctionName}/runtime-management-config";

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<GetFunctionRecursionConfigRequest, FunctionRecursionConfigResponse>("GetFunctionRecursionConfig", Get)
            {
                Route = $"GET {Recursion}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<GetRuntimeManagementConfigRequest, RuntimeManagementConfigResponse>("GetRuntimeManagementConfig", Get)
            {
                Route = $"GET {Runtime}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<PutFunctionRecursionConfigRequest, FunctionRecursionConfigResponse>("PutFunctionRecursionConfig", PutAsync)
            {
                Route = $"PUT {Recursion}",
                Resource = FunctionReference.ArnOf,
            },
            new AwsOperation<PutRuntimeManagementConfigRequest, RuntimeManagementConfigResponse>("PutRuntimeManagementConfig", PutAsync)
            {
                Route = $"PUT {Runtime}",
                Resource = FunctionReference.ArnOf,
            },
        ];

    public FunctionRecursionConfigResponse Get(GetFunctionRecursionConfigRequest request, OperationContext context) =>
        RecursionOf(versions.Get(FunctionReference.Of(request, context)));

    public async ValueTask<FunctionRecursionConfigResponse> PutAsync(PutFunctionRecursionConfigRequest request, OperationContext context)
    {
        var allows = request.RecursiveLoop == PutFunctionRecursionConfigRequest.Allow;
        return RecursionOf(
            await ChangeAsync(FunctionReference.Of(request, context), function => function with { AllowsRecursion = allows })
        );
    }

    public RuntimeManagementConfigResponse Get(GetRuntimeManagementConfigRequest request, OperationContext context)
    {
        var reference = FunctionReference.Of(request, context);
        return RuntimeOf(versions.Get(reference), reference);
    }

    public async ValueTask<RuntimeManagementConfigResponse> PutAsync(PutRuntimeManagementConfigRequest request, OperationContext context)
    {
        var isManual = request.UpdateRuntimeOn == RuntimeManagement.Manual;
        if (isManual != request.RuntimeVersionArn is not null)
            throw isManual ? LambdaErrors.RuntimeVersionNeeded() : LambdaErrors.RuntimeVersionNotNeeded();
        var reference = FunctionReference.Of(request, context);
        var management = new RuntimeManagement(request.UpdateRuntimeOn, request.RuntimeVersionArn);
        return RuntimeOf(await ChangeAsync(reference, version => version with { RuntimeManagement = management }), reference);
    }

    private async Task<FunctionState> ChangeAsync(FunctionReference reference, Func<FunctionState, FunctionState> change)
    {
        using (await versions.EnterAsync(reference.Key))
        {
            var current = versions.Get(reference);
            var changed = change(current);
            await versions.TryChangeAsync(versions.Replace(current, changed));
            return changed;
        }
    }

    private static FunctionRecursionConfigResponse RecursionOf(FunctionState function) =>
        new()
        {
            RecursiveLoop = function.AllowsRecursion
                ? PutFunctionRecursionConfigRequest.Allow
                : PutFunctionRecursionConfigRequest.Terminate,
        };

    private static RuntimeManagementConfigResponse RuntimeOf(FunctionState version, FunctionReference reference) =>
        new()
        {
            UpdateRuntimeOn = version.RuntimeManagement?.UpdateRuntimeOn ?? RuntimeManagement.Auto,
            RuntimeVersionArn = version.RuntimeManagement?.RuntimeVersionArn,
            FunctionArn = reference.Arn,
        };
}
