namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>The place of a member in a REST protocol; by default the body.</summary>
public enum MemberLocation
{
    Body,
    Label,
    Query,
    Header,
    Payload,
    StatusCode,
}

/// <summary>Puts a member somewhere other than into the body.</summary>
/// <param name="name">The name there, if it differs from the property's.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LocationAttribute(MemberLocation location, string? name = null) : Attribute
{
    public MemberLocation Location { get; } = location;

    public string? Name { get; } = name;
}

/// <summary>The name of a member in the body, if it differs from the property's.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// The name of a list's items in XML and form parameters: by default <c>member</c>, in RDS <c>DBCluster</c> and the like. <see
/// cref="Flattened"/>: the items appear in place of the list.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public bool Flattened { get; init; }
}

/// <summary>The value may be a secret, so messages do not show it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;

/// <summary>AWS has this member, but Daybreak does not: a value other than null or empty is refused by name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotImplementedAttribute : Attribute;

/// <summary>Stands for several attributes of a member that many requests have.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class CompositeAttribute : Attribute
{
    public abstract IEnumerable<Attribute> All { get; }
}
