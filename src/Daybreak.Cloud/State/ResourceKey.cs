namespace Daybreak.Cloud.State;

/// <summary>Identity of a resource. Accounts and Regions are fully separate.</summary>
/// <param name="Region">Empty for resources of global services.</param>
public readonly record struct ResourceKey(string AccountId, string Region, string Name) : IComparable<ResourceKey>
{
    // Neither an account nor a Region contains a slash, but a name may.
    public override string ToString() => $"{AccountId}/{Region}/{Name}";

    public static ResourceKey Parse(string text) =>
        text.Split('/', 3) is [var account, var region, var name]
            ? new ResourceKey(account, region, name)
            : throw new StateException($"'{text}' is not the key of a resource: the state was written by something else");

    public int CompareTo(ResourceKey other)
    {
        var order = string.CompareOrdinal(AccountId, other.AccountId);
        if (order == 0)
            order = string.CompareOrdinal(Region, other.Region);
        return order == 0 ? string.CompareOrdinal(Name, other.Name) : order;
    }

    public static bool operator <(ResourceKey left, ResourceKey right) => left.CompareTo(right) < 0;

    public static bool operator >(ResourceKey left, ResourceKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(ResourceKey left, ResourceKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ResourceKey left, ResourceKey right) => left.CompareTo(right) >= 0;
}
