using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daybreak.DotnetRuntime;

/// <summary>
/// Reads arguments and writes results: streams as they are, everything else by the serializer that the function's method or assembly names
/// in a LambdaSerializerAttribute, otherwise by System.Text.Json as AWS's DefaultLambdaJsonSerializer uses it.
/// </summary>
internal abstract class FunctionSerializer
{
    public static FunctionSerializer Of(MethodInfo method) =>
        (SerializerOf(method.GetCustomAttributes()) ?? SerializerOf(method.DeclaringType!.Assembly.GetCustomAttributes())) is { } type
            ? new Named(Activator.CreateInstance(type)!)
            : new Json();

    public object? Read(byte[] input, Type type) =>
        type.IsAssignableFrom(typeof(MemoryStream)) && type != typeof(object) ? new MemoryStream(input) : Deserialize(input, type);

    public byte[] Write(object? result, Type type)
    {
        if (result is not Stream stream)
            return Serialize(result, type);
        using (stream)
        {
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }

    protected abstract object? Deserialize(byte[] input, Type type);

    protected abstract byte[] Serialize(object? result, Type type);

    private static Type? SerializerOf(IEnumerable<Attribute> attributes)
    {
        var found = attributes.FirstOrDefault(static one => one.GetType().FullName == "Amazon.Lambda.Core.LambdaSerializerAttribute");
        return (Type?)found?.GetType().GetProperty("SerializerType")!.GetValue(found);
    }

    private sealed class Json : FunctionSerializer
    {
        private static readonly JsonSerializerOptions Options = new()
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
        };

        protected override object? Deserialize(byte[] input, Type type) => JsonSerializer.Deserialize(input, type, Options);

        protected override byte[] Serialize(object? result, Type type) => JsonSerializer.SerializeToUtf8Bytes(result, type, Options);
    }

    /// <summary>An ILambdaSerializer, whose package is the function's own.</summary>
    private sealed class Named(object serializer) : FunctionSerializer
    {
        protected override object? Deserialize(byte[] input, Type type) => Call("Deserialize", type, new MemoryStream(input));

        protected override byte[] Serialize(object? result, Type type)
        {
            var bytes = new MemoryStream();
            Call("Serialize", type, result, bytes);
            return bytes.ToArray();
        }

        private object? Call(string method, Type type, params object?[] arguments) =>
            serializer
                .GetType()
                .GetMethod(method)!
                .MakeGenericMethod(type)
                .Invoke(serializer, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
