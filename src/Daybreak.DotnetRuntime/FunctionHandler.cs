using System.Reflection;
using System.Runtime.Loader;

namespace Daybreak.DotnetRuntime;

/// <summary>The method of a class library that a handler names. The messages are those of AWS's runtime.</summary>
internal sealed class FunctionHandler
{
    private readonly object? _instance;
    private readonly MethodInfo _method;
    private readonly ParameterInfo[] _parameters;
    private readonly FunctionSerializer _serializer;

    private FunctionHandler(object? instance, MethodInfo method)
    {
        (_instance, _method, _parameters) = (instance, method, method.GetParameters());
        _serializer = FunctionSerializer.Of(method);
    }

    /// <param name="handler">ASSEMBLY::TYPE::METHOD.</param>
    /// <param name="taskRoot">Directory of the code.</param>
    public static FunctionHandler Load(string handler, string taskRoot)
    {
        if (handler.Split("::") is not [{ Length: > 0 } assemblyName, { Length: > 0 } typeName, { Length: > 0 } methodName])
            throw new HandlerException($"Invalid lambda function handler: '{handler}'. The valid format is 'ASSEMBLY::TYPE::METHOD'.");
        var path = Path.Combine(taskRoot, assemblyName + ".dll");
        if (!File.Exists(path))
        {
            throw new HandlerException(
                $"Could not find the specified handler assembly with the file name '{assemblyName}, Culture=neutral, PublicKeyToken=null'. "
                    + "The assembly should be located in the root of your uploaded .zip file."
            );
        }
        FindDependenciesOf(path, taskRoot);
        var type =
            AssemblyLoadContext.Default.LoadFromAssemblyPath(path).GetType(typeName)
            ?? throw new HandlerException($"Unable to load type '{typeName}' from assembly '{assemblyName}'.");
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy)
            .Where(method => method.Name == methodName)
            .ToArray();
        if (methods is not [var one])
        {
            throw new HandlerException(
                methods.Length == 0
                    ? $"Unable to find method '{methodName}' in type '{typeName}' from assembly '{assemblyName}'."
                    : $"Unable to use method '{methodName}' in type '{typeName}' from assembly '{assemblyName}': it has several overloads."
            );
        }
        if (one.GetParameters().Length > 2)
        {
            throw new HandlerException(
                $"Method '{methodName}' of type '{typeName}' is not supported: the method has more than 2 parameters."
            );
        }
        return new FunctionHandler(one.IsStatic ? null : NewOf(type), one);
    }

    public async Task<byte[]> InvokeAsync(byte[] input, InvocationContext context)
    {
        object?[] arguments = [.. _parameters.Select((parameter, index) => Argument(parameter, index, input, context))];
        var result = _method.Invoke(_instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        var type = _method.ReturnType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            result = type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(result, null);
        else if (result is ValueTask valueTask)
            result = valueTask.AsTask();
        if (result is Task task)
        {
            await task;
            type = type.IsGenericType ? type.GetGenericArguments()[0] : typeof(void);
            result = type == typeof(void) ? null : task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task);
        }
        return type == typeof(void) ? [] : _serializer.Write(result, type);
    }

    private object? Argument(ParameterInfo parameter, int index, byte[] input, InvocationContext context) =>
        index == 1 || ContextProxy.IsContext(parameter.ParameterType)
            ? ContextProxy.Of(parameter.ParameterType, context)
            : _serializer.Read(input, parameter.ParameterType);

    private static object NewOf(Type type) =>
        Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, null, null)!;

    private static void FindDependenciesOf(string path, string taskRoot)
    {
        var resolver = File.Exists(Path.ChangeExtension(path, ".deps.json")) ? new AssemblyDependencyResolver(path) : null;
        AssemblyLoadContext.Default.Resolving += (loader, name) =>
        {
            var found = resolver?.ResolveAssemblyToPath(name) ?? Path.Combine(taskRoot, name.Name + ".dll");
            return File.Exists(found) ? loader.LoadFromAssemblyPath(found) : null;
        };
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (assembly, name) =>
            resolver?.ResolveUnmanagedDllToPath(name) is { } found ? System.Runtime.InteropServices.NativeLibrary.Load(found) : 0;
    }
}

/// <summary>The handler cannot be used.</summary>
internal sealed class HandlerException(string message) : Exception(message);
