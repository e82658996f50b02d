// What the runtime uses of the package Amazon.Lambda.Core, which a function brings along: the names are what counts.
namespace Amazon.Lambda.Core;

public interface ILambdaContext
{
    string AwsRequestId { get; }

    string FunctionName { get; }

    string InvokedFunctionArn { get; }

    int MemoryLimitInMB { get; }

    TimeSpan RemainingTime { get; }

    object? Identity { get; }

    ILambdaLogger Logger { get; }
}

public interface ILambdaLogger
{
    void LogLine(string message);
}

[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Method)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    public Type SerializerType { get; } = serializerType;
}
