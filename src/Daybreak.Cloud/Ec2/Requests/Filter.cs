using System.IO.Enumeration;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Requests;

/// <summary>Keeps resources that have one of the values, in which <c>*</c> matches any text and <c>?</c> any character. A resource has to
/// pass all filters.</summary>
internal sealed record Filter
{
    public string? Name { get; init; }

    [WireName("Value")]
    public IReadOnlyList<string>? Values { get; init; }

    public bool Admits(IEnumerable<string?> values)
    {
        foreach (var value in values)
        {
            foreach (var wanted in Values ?? [])
            {
                if (value is not null && Matches(wanted, value))
                    return true;
            }
        }
        return false;
    }

    // In .NET no pattern matches an empty text, but the value of a tag may be empty.
    private static bool Matches(string wanted, string value) =>
        value.Length == 0
            ? wanted.All(static letter => letter == '*')
            : FileSystemName.MatchesSimpleExpression(wanted, value, ignoreCase: false);
}

/// <summary>The filters that the EC2 API Reference lists for an operation: their names, and functions that return the values of a
/// resource.</summary>
/// <param name="tagValue">Returns the value of a resource's tag, for <c>tag:KEY</c>; null when the operation has no such filter.</param>
internal sealed class Filters<T>(Func<T, string, string?>? tagValue = null) : Dictionary<string, Func<T, Network, IEnumerable<string?>>>
    where T : class
{
    private const int MostValues = 200;
    private const string OfTag = "tag:";

    public void Add(string name, Func<T, string?> value) => this[name] = (resource, _) => [value(resource)];

    public void Add(string name, Func<T, IEnumerable<string?>> values) => this[name] = (resource, _) => values(resource);

    public void Add(string name, Func<T, bool> value) => this[name] = (resource, _) => [value(resource) ? "true" : "false"];

    /// <summary>A filter without values admits nothing.</summary>
    /// <param name="filters">Null admits everything. An empty list is sent as <c>Filter=</c>, which AWS reads as a filter without a
    /// name.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: the operation has no such filter.</exception>
    public IEnumerable<T> Apply(IEnumerable<T> resources, IReadOnlyList<Filter>? filters, Network network)
    {
        if (filters is { Count: 0 })
            throw Ec2Errors.UnknownFilter(null);
        if ((filters ?? []).Sum(filter => filter.Values?.Count ?? 0) > MostValues)
            throw Ec2Errors.TooManyFilterValues();
        foreach (var filter in filters ?? [])
        {
            var valuesOf = Find(filter.Name) ?? throw Ec2Errors.UnknownFilter(filter.Name);
            resources = resources.Where(resource => filter.Admits(valuesOf(resource, network)));
        }
        return resources;
    }

    private Func<T, Network, IEnumerable<string?>>? Find(string? name) =>
        name switch
        {
            null => null,
            _ when tagValue is not null && name.StartsWith(OfTag, StringComparison.Ordinal) => (resource, _) =>
                [tagValue(resource, name[OfTag.Length..])],
            // Older versions of the API Reference have it beside tag-key, and AWS still accepts it.
            "tag-value" when ContainsKey("tag-key") => static (resource, _) => (resource as Resource)?.Tags.Values ?? [],
            _ => this.GetValueOrDefault(name),
        };
}
