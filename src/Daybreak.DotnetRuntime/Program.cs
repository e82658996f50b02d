// Runs a method of a class library against the Lambda Runtime API. The handler has the form ASSEMBLY::TYPE::METHOD.
using Daybreak.DotnetRuntime;

using var api = new RuntimeApi(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
FunctionHandler handler;
try
{
    handler = FunctionHandler.Load(
        Environment.GetEnvironmentVariable("_HANDLER") ?? "",
        Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT")!
    );
}
catch (Exception error)
{
    var failure = ErrorPayload.Of(error);
    Console.Error.WriteLine(error);
    api.Post("init/error", failure.Json, failure.Type);
    return 1;
}

while (true)
{
    var (headers, input) = api.Next();
    var context = new InvocationContext(headers);
    Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", headers.GetValueOrDefault("lambda-runtime-trace-id"));
    try
    {
        api.Post($"invocation/{context.AwsRequestId}/response", await handler.InvokeAsync(input, context));
    }
    catch (Exception error)
    {
        var failure = ErrorPayload.Of(error);
        Console.Error.WriteLine(error);
        api.Post($"invocation/{context.AwsRequestId}/error", failure.Json, failure.Type);
    }
}
