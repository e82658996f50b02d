using System.IO.Enumeration;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Requests;

/// <summary>Keeps what has one of the values, in which <c>*</c> and <c>?</c> stand for any text and any letter; several filters must all
/// hold.</summary>
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

    // To the runtime nothing matches an empty text; tags may have one.
    private static bool Matches(string wanted, string value) =>
        value.Length == 0
            ? wanted.All(static letter => letter == '*')
            : FileSystemName.MatchesSimpleExpression(wanted, value, ignoreCase: false);
}

/// <summary>The filters of one operation, which are those that the EC2 API Reference has for it: name, and the values that a resource has
/// under it.</summary>
/// <param name="tagValue">The value that a resource has for a tag's key: <c>tag:KEY</c>. Null where that is no filter.</param>
internal sealed class Filters<T>(Func<T, string, string?>? tagValue = null) : Dictionary<string, Func<T, Network, IEnumerable<string?>>>
    where T : class
{
    private const int MostValues = 200;
    private const string OfTag = "tag:";

    public void Add(string name, Func<T, string?> value) => this[name] = (resource, _) => [value(resource)];

    public void Add(string name, Func<T, IEnumerable<string?>> values) => this[name] = (resource, _) => values(resource);

    public void Add(string name, Func<T, bool> value) => this[name] = (resource, _) => [value(resource) ? "true" : "false"];

    /// <summary>A filter without values admits nothing.</summary>
    /// <param name="filters">Null: all. An empty list is what clients write as <c>Filter=</c>, which AWS reads as a filter without a
    /// name.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue: no such filter.</exception>
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
            // Older references have it beside tag-key, and AWS still takes it.
            "tag-value" when ContainsKey("tag-key") => static (resource, _) => (resource as Resource)?.Tags.Values ?? [],
            _ => this.GetValueOrDefault(name),
        };
}
