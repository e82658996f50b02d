using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>
/// The structure of a request or response, derived from its record once. Readers and writers of every protocol use it, so that records are
/// independent of wire formats and protocols of services.
/// </summary>
public abstract class Shape
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new();

    /// <exception cref="NotSupportedException">The type is not a record of members, list, map or scalar.</exception>
    public static Shape Of(Type type) => Known.GetOrAdd(type, static type => ShapeCompiler.Compile(type));
}

public enum ScalarKind
{
    String,
    Boolean,
    Integer,
    Long,
    Double,

    /// <summary>A point in time.</summary>
    Timestamp,

    /// <summary>Bytes.</summary>
    Blob,
}

public sealed class ScalarShape(ScalarKind kind) : Shape
{
    public ScalarKind Kind { get; } = kind;
}

/// <summary>A <see cref="StreamedPayload"/>.</summary>
public sealed class StreamShape : Shape;

public sealed class ListShape(Func<Shape> item, Func<IReadOnlyList<object>, object> build) : Shape
{
    /// <summary>Evaluated lazily, for types that contain themselves.</summary>
    public Shape Item => field ??= item();

    public object Build(IReadOnlyList<object> items) => build(items);
}

/// <summary>A map with string keys.</summary>
public sealed class MapShape(Func<Shape> value, Func<IReadOnlyList<KeyValuePair<string, object>>, object> build) : Shape
{
    public Shape Value => field ??= value();

    public object Build(IReadOnlyList<KeyValuePair<string, object>> entries) => build(entries);
}

public sealed class StructureShape(Func<object> create, ImmutableArray<Member> members) : Shape
{
    private readonly FrozenDictionary<string, Member> _byName = members.ToFrozenDictionary(member => member.Name);
    private readonly FrozenDictionary<string, Member> _byCamelName = members.ToFrozenDictionary(member => member.CamelName);

    /// <summary>In the order of the record.</summary>
    public ImmutableArray<Member> Members { get; } = members;

    public bool HasBody { get; } = members.Any(member => member.Location == MemberLocation.Body);

    public Member? Payload { get; } = members.FirstOrDefault(member => member.Location == MemberLocation.Payload);

    public object Create() => create();

    public Member? Find(string name, bool camelCase) => (camelCase ? _byCamelName : _byName).GetValueOrDefault(name);
}
