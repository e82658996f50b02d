using System.Collections.Immutable;
using System.Text.Json;

namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>One member of a request or response.</summary>
public sealed class Member(string name, Func<object, object?> get, Action<object, object?> set)
{
    /// <summary>As in the API reference: <c>FunctionName</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The name with its first letter in lower case, for messages and some protocols: <c>functionName</c>.</summary>
    public string CamelName { get; } = char.ToLowerInvariant(name[0]) + name[1..];

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);

    public JsonEncodedText EncodedCamelName { get; } = JsonEncodedText.Encode(char.ToLowerInvariant(name[0]) + name[1..]);

    public required Func<Shape> ShapeOf { private get; init; }

    public Shape Shape => field ??= ShapeOf();

    public required bool IsRequired { get; init; }

    /// <summary>
    /// A value type that is not nullable. It is only suitable for responses: in requests, an absent one would be indistinguishable from
    /// zero.
    /// </summary>
    public required bool HidesAbsence { get; init; }

    public required bool IsNotImplemented { get; init; }

    public required bool IsSensitive { get; init; }

    public required MemberLocation Location { get; init; }

    /// <summary>Name of the label, query parameter or header.</summary>
    public required string LocationName { get; init; }

    /// <summary>Name of a list's items in XML and form parameters.</summary>
    public required string ItemName { get; init; }

    public required bool IsFlattened { get; init; }

    public required ImmutableArray<ConstraintAttribute> Constraints { get; init; }

    public object? Get(object owner) => get(owner);

    public void Set(object owner, object? value) => set(owner, value);
}
