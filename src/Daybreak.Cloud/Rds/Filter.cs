using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Rds;

/// <summary>Selects items that have one of the values; with several filters, all must match.</summary>
internal sealed record Filter
{
    public string? Name { get; init; }

    [ItemName("Value")]
    public IReadOnlyList<string> Values { get; init; } = [];

    private static readonly string[] OfIdentifiers =
    [
        "db-cluster-id",
        "db-cluster-endpoint-id",
        "db-cluster-snapshot-id",
        "db-instance-id",
    ];

    /// <param name="known">The filters of the operation: name, and the values that an item has under it.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: no such filter, one without values, or a value that cannot be
    /// one.</exception>
    public static IEnumerable<T> Apply<T>(
        IEnumerable<T> items,
        IReadOnlyList<Filter>? filters,
        IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> known
    )
    {
        foreach (var filter in filters ?? [])
        {
            if (filter.Name is null || !known.TryGetValue(filter.Name, out var valuesOf))
                throw RdsErrors.InvalidValue($"Unrecognized filter name: {filter.Name}");
            Check(filter.Name, filter.Values);
            items = items.Where(item => valuesOf(item).Any(filter.Values.Contains));
        }
        return items;
    }

    /// <summary>For operations that accept no filters, although their requests have a member for them.</summary>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: there is one.</exception>
    public static void None(IReadOnlyList<Filter>? filters) =>
        _ = Apply<object>([], filters, new Dictionary<string, Func<object, IEnumerable<string>>>());

    private static void Check(string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0 || values.Contains(""))
            throw RdsErrors.Blank($"Filter: {name}");
        if (OfIdentifiers.Contains(name) && values.Any(value => !IsOther(value) && !RdsName.IsIdentifier(value)))
            throw RdsErrors.NotAnIdentifier($"Filter: {name}");
    }

    /// <summary>An ARN, or an automatic snapshot of RDS.</summary>
    private static bool IsOther(string value) =>
        value.StartsWith("arn:", StringComparison.Ordinal) || value.StartsWith("rds:", StringComparison.Ordinal);
}
