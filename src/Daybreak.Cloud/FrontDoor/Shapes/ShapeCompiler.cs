using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>Converts a record type to a <see cref="Shape"/>. All reflection happens here, once per type.</summary>
internal static class ShapeCompiler
{
    public static Shape Compile(Type type)
    {
        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarKindOf(scalar) is { } kind)
            return new ScalarShape(kind);
        if (type == typeof(StreamedPayload))
            return new StreamShape();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Call<Shape>(nameof(List), type.GetGenericArguments());
        if (
            type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            && type.GetGenericArguments()[0] == typeof(string)
        )
            return Call<Shape>(nameof(Map), [type.GetGenericArguments()[1]]);
        if (type is { IsClass: true, IsAbstract: false } && type.GetConstructor(Type.EmptyTypes) is { } constructor)
            return Structure(type, constructor);
        throw new NotSupportedException(
            $"{type} is no record with a parameterless constructor, no IReadOnlyList, no IReadOnlyDictionary from string and no scalar"
        );
    }

    private static ScalarKind? ScalarKindOf(Type type) =>
        type == typeof(string) ? ScalarKind.String
        : type == typeof(bool) ? ScalarKind.Boolean
        : type == typeof(int) ? ScalarKind.Integer
        : type == typeof(long) ? ScalarKind.Long
        : type == typeof(double) ? ScalarKind.Double
        : type == typeof(DateTimeOffset) ? ScalarKind.Timestamp
        : type == typeof(ReadOnlyMemory<byte>) ? ScalarKind.Blob
        : null;

    private static ListShape List<TItem>() =>
        new(
            static () => Shape.Of(typeof(TItem)),
            static items =>
            {
                var list = new TItem[items.Count];
                for (var i = 0; i < list.Length; i++)
                    list[i] = (TItem)items[i];
                return list;
            }
        );

    private static MapShape Map<TValue>() =>
        new(
            static () => Shape.Of(typeof(TValue)),
            static entries =>
            {
                var map = new Dictionary<string, TValue>(entries.Count, StringComparer.Ordinal);
                foreach (var (key, value) in entries)
                    map[key] = (TValue)value;
                return map;
            }
        );

    private static StructureShape Structure(Type type, ConstructorInfo constructor)
    {
        var invoker = ConstructorInvoker.Create(constructor);
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanRead: true, CanWrite: true })
            .Select(MemberOf)
            .ToImmutableArray();
        return new StructureShape(() => invoker.Invoke(), members);
    }

    private static Member MemberOf(PropertyInfo property)
    {
        var required = property.IsDefined(typeof(RequiredMemberAttribute));
        var type = property.PropertyType;
        Attribute[] attributes =
        [
            .. property.GetCustomAttributes().SelectMany(static one => one is CompositeAttribute several ? several.All : [one]),
        ];
        var location = attributes.OfType<LocationAttribute>().SingleOrDefault();
        var item = attributes.OfType<ItemNameAttribute>().SingleOrDefault();
        var name = attributes.OfType<WireNameAttribute>().SingleOrDefault()?.Name ?? property.Name;
        return new Member(
            name,
            Call<Func<object, object?>>(nameof(Getter), [property.DeclaringType!, type], property.GetMethod!),
            Call<Action<object, object?>>(nameof(Setter), [property.DeclaringType!, type], property.SetMethod!)
        )
        {
            ShapeOf = () => Shape.Of(type),
            IsRequired = required,
            HidesAbsence = type.IsValueType && Nullable.GetUnderlyingType(type) is null && location?.Location != MemberLocation.Payload,
            IsNotImplemented = attributes.OfType<NotImplementedAttribute>().Any(),
            IsSensitive = attributes.OfType<SensitiveAttribute>().Any(),
            Location = location?.Location ?? MemberLocation.Body,
            LocationName = location?.Name ?? name,
            ItemName = item?.Name ?? "member",
            IsFlattened = item?.Flattened ?? false,
            Constraints = [.. attributes.OfType<ConstraintAttribute>()],
        };
    }

    private static Func<object, object?> Getter<TOwner, TValue>(MethodInfo method)
    {
        var get = method.CreateDelegate<Func<TOwner, TValue>>();
        return owner => get((TOwner)owner);
    }

    private static Action<object, object?> Setter<TOwner, TValue>(MethodInfo method)
    {
        var set = method.CreateDelegate<Action<TOwner, TValue>>();
        return (owner, value) => set((TOwner)owner, (TValue)value!);
    }

    private static TResult Call<TResult>(string method, Type[] types, params object[] arguments) =>
        (TResult)
            typeof(ShapeCompiler)
                .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(types)
                .Invoke(null, arguments)!;
}
