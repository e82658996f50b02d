using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Invoking;
using Daybreak.Cloud.Lambda.Permissions;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The ARN that a policy has to name for a request: qualified when the request is.</summary>
internal static class FunctionArns
{
    public static string New(CreateFunctionRequest request, OperationContext context)
    {
        var reference = FunctionReference.Resolve(request.FunctionName, null, context);
        return reference.AccountId == context.AccountId ? reference.Arn : throw LambdaErrors.OtherAccount();
    }

    public static string Of(DeleteFunctionRequest request, OperationContext context) =>
        Arn(request.FunctionName, request.Qualifier, context);

    public static string Of(FunctionRequest request, OperationContext context) => Arn(request.FunctionName, request.Qualifier, context);

    public static string Of(UnqualifiedFunctionRequest request, OperationContext context) => Arn(request.FunctionName, null, context);

    public static string Of(InvokeRequest request, OperationContext context) => Arn(request.FunctionName, request.Qualifier, context);

    public static string Of(UpdateFunctionCodeRequest request, OperationContext context) => Arn(request.FunctionName, null, context);

    public static string Of(UpdateFunctionConfigurationRequest request, OperationContext context) =>
        Arn(request.FunctionName, null, context);

    public static string Of(ListVersionsByFunctionRequest request, OperationContext context) => Arn(request.FunctionName, null, context);

    public static string Of(AddPermissionRequest request, OperationContext context) =>
        Arn(request.FunctionName, request.Qualifier, context);

    public static string Of(RemovePermissionRequest request, OperationContext context) =>
        Arn(request.FunctionName, request.Qualifier, context);

    public static string Of(TagResourceRequest request, OperationContext context) => request.Resource;

    public static string Of(UntagResourceRequest request, OperationContext context) => request.Resource;

    public static string Of(ListTagsRequest request, OperationContext context) => request.Resource;

    private static string Arn(string name, string? qualifier, OperationContext context) =>
        FunctionReference.Resolve(name, qualifier, context).Arn;
}
