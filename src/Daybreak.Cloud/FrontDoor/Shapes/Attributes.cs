namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>Where a member travels in a REST protocol; the body unless said otherwise.</summary>
public enum MemberLocation
{
    Body,
    Label,
    Query,
    Header,
    Payload,
    StatusCode,
}

/// <summary>Puts a member somewhere else than into the body.</summary>
/// <param name="name">Name there, when it differs from the property's.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LocationAttribute(MemberLocation location, string? name = null) : Attribute
{
    public MemberLocation Location { get; } = location;

    public string? Name { get; } = name;
}

/// <summary>Name of a member in the body, when it differs from the property's.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// How the items of a list are called in XML and form parameters: <c>member</c> by default, <c>DBCluster</c> and the like
/// in RDS. <see cref="Flattened"/>: the items stand where the list would.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public bool Flattened { get; init; }
}

/// <summary>The value may be a secret: messages do not show it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;

/// <summary>AWS has this member, Daybreak does not: a value other than null or empty is refused by name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotImplementedAttribute : Attribute;
