using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Reads settings that cannot be changed here, as the operations that set them are not implemented: nothing is set.</summary>
internal sealed class FunctionExtras(FunctionVersions versions)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<GetFunctionCodeSigningConfigRequest, GetFunctionCodeSigningConfigResponse>(
                "GetFunctionCodeSigningConfig",
                GetCodeSigningConfig
            )
            {
                Route = "GET /2020-06-30/functions/{FunctionName}/code-signing-config",
                Resource = FunctionReference.ArnOf,
            },
        ];

    /// <summary>Implemented because Terraform reads it with every function.</summary>
    public GetFunctionCodeSigningConfigResponse GetCodeSigningConfig(
        GetFunctionCodeSigningConfigRequest request,
        OperationContext context
    ) => new() { FunctionName = versions.Get(FunctionReference.Of(request, context)).FunctionName };
}
