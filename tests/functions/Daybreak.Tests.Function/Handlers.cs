using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Daybreak.Tests.Function;

public sealed record Order(string Item, int Count);

public sealed record Price(string Item, decimal Total, string? Note = null);

/// <summary>Handlers of a class library, as <c>Daybreak.Tests.Function::Daybreak.Tests.Function.Handlers::NAME</c>.</summary>
public sealed class Handlers
{
    private int _calls;

    public Price Sell(Order order, ILambdaContext context)
    {
        context.Logger.LogLine($"selling {order.Count}");
        return new Price(order.Item, order.Count * 1.5m);
    }

    public async Task<string[]> Describe(ILambdaContext context)
    {
        await Task.Yield();
        return
        [
            context.FunctionName,
            context.InvokedFunctionArn,
            $"{context.MemoryLimitInMB}",
            context.AwsRequestId,
            $"{context.RemainingTime > TimeSpan.Zero && context.Identity is null}",
        ];
    }

    public static Stream Reverse(Stream input)
    {
        using var reader = new StreamReader(input);
        return new MemoryStream(Encoding.UTF8.GetBytes([.. reader.ReadToEnd().Reverse()]));
    }

    public ValueTask<int> Count() => new(++_calls);

    public async Task Nothing(JsonElement input) => await Task.FromResult(input);

    public string Fail(string reason) =>
        reason == "inner"
            ? throw new InvalidOperationException("outside", new ArgumentException("inside"))
            : throw new InvalidOperationException(reason);

    public string Exit(int code)
    {
        Environment.Exit(code);
        return "";
    }

    [LambdaSerializer(typeof(Shouting))]
    public string Loud(string text) => text;

    public string Tells() => $"{Environment.Version.Major} {Environment.GetEnvironmentVariable("AWS_EXECUTION_ENV")}";
}

public sealed class Broken
{
    public Broken() => throw new InvalidOperationException("the constructor fails");

    public string Handle() => "";
}

/// <summary>An ILambdaSerializer.</summary>
public sealed class Shouting
{
    public T? Deserialize<T>(Stream stream) => JsonSerializer.Deserialize<T>(stream);

    public void Serialize<T>(T value, Stream stream) => stream.Write(Encoding.UTF8.GetBytes($"\"{value}!\""));
}
