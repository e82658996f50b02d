using System.Globalization;
using System.Reflection;

namespace Daybreak.DotnetRuntime;

/// <summary>
/// Stands for the interfaces of the package Amazon.Lambda.Core (ILambdaContext, ILambdaLogger), which a function brings along in a version
/// of its own.
/// </summary>
public class ContextProxy : DispatchProxy
{
    private InvocationContext? _context;

    public static bool IsContext(Type type) => type.FullName == "Amazon.Lambda.Core.ILambdaContext";

    internal static object Of(Type type, InvocationContext context)
    {
        if (!type.IsInterface)
            throw new HandlerException($"The second parameter of a handler is an ILambdaContext, not {type}.");
        var proxy = Create(type, typeof(ContextProxy));
        ((ContextProxy)proxy)._context = context;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name switch
        {
            "get_AwsRequestId" => _context!.AwsRequestId,
            "get_InvokedFunctionArn" => _context!.InvokedFunctionArn,
            "get_RemainingTime" => _context!.RemainingTime,
            "get_FunctionName" => Variable("AWS_LAMBDA_FUNCTION_NAME"),
            "get_FunctionVersion" => Variable("AWS_LAMBDA_FUNCTION_VERSION"),
            "get_LogGroupName" => Variable("AWS_LAMBDA_LOG_GROUP_NAME"),
            "get_LogStreamName" => Variable("AWS_LAMBDA_LOG_STREAM_NAME"),
            "get_MemoryLimitInMB" => int.Parse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture),
            "get_TraceId" => Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
            "get_Logger" => Of(targetMethod.ReturnType, _context!),
            "Log" or "LogLine" or "LogTrace" or "LogDebug" or "LogInformation" or "LogWarning" or "LogError" or "LogCritical" => Log(
                targetMethod,
                args!
            ),
            var name when name.StartsWith("get_", StringComparison.Ordinal) && !targetMethod.ReturnType.IsValueType => null,
            var name => throw new NotSupportedException($"{name} of {targetMethod.DeclaringType} is not available here."),
        };

    private static object? Log(MethodInfo method, object?[] args)
    {
        var message = args.OfType<string>().LastOrDefault() ?? "";
        if (method.Name == "Log" && args.Length == 1)
            Console.Write(message);
        else
            Console.WriteLine(message);
        return null;
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
