using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Rds;

/// <summary>Keeps what has one of the values; several filters must all hold.</summary>
internal sealed record Filter
{
    public string? Name { get; init; }

    [ItemName("Value")]
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <param name="known">The filters of the operation: name, and the values that an item has under it.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: no such filter, or one without values.</exception>
    public static IEnumerable<T> Apply<T>(
        IEnumerable<T> items, IReadOnlyList<Filter>? filters, IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> known)
    {
        foreach (var filter in filters ?? [])
        {
            if (filter.Name is null || !known.TryGetValue(filter.Name, out var valuesOf))
                throw RdsErrors.InvalidValue($"Unrecognized filter name: {filter.Name}");
            if (filter.Values.Count == 0)
                throw RdsErrors.InvalidValue($"The filter {filter.Name} must have at least one value.");
            items = items.Where(item => valuesOf(item).Any(filter.Values.Contains));
        }
        return items;
    }
}
