using Daybreak.Cloud.Ssm.Parameters;

namespace Daybreak.Cloud.Ssm.Listing;

/// <summary>The filters of lists: all must match, each by one of its values.</summary>
internal static class ParameterFilters
{
    private const string Equal = "Equals";
    private const string Begins = "BeginsWith";
    private const string Contains = "Contains";
    private const string OneLevel = "OneLevel";
    private const string Recursive = "Recursive";

    /// <summary>Filters of GetParametersByPath.</summary>
    public static IReadOnlyList<ParameterFilter> OfPath(IReadOnlyList<ParameterFilter>? filters)
    {
        foreach (var filter in filters ?? [])
        {
            if (filter.Key is not ("Type" or "KeyId" or "Label"))
                throw SsmErrors.InvalidFilterKey(filter.Key, "Type, KeyId");
            CheckOption(filter, filter.Key == "Label" ? [Equal] : [Begins, Equal]);
        }
        return Checked(filters);
    }

    /// <summary>Filters of DescribeParameters, in either form.</summary>
    public static IReadOnlyList<ParameterFilter> OfDescription(IReadOnlyList<OldFilter>? old, IReadOnlyList<ParameterFilter>? filters)
    {
        if (old is { Count: > 0 })
        {
            return filters is { Count: > 0 }
                ? throw SsmErrors.BothFilters()
                :
                [
                    .. old.Select(static filter => new ParameterFilter
                    {
                        Key = filter.Key,
                        Option = filter.Key == "Name" ? Begins : Equal,
                        Values = filter.Values,
                    }),
                ];
        }
        foreach (var filter in filters ?? [])
        {
            if (filter.Key == "Label")
                throw SsmErrors.InvalidFilterKey(filter.Key, "Path, Name, Type, KeyId, Tier");
            CheckOption(
                filter,
                filter.Key switch
                {
                    "Path" => [Recursive, OneLevel],
                    "Name" => [Begins, Equal, Contains],
                    _ => [Begins, Equal],
                }
            );
        }
        return Checked(filters);
    }

    /// <summary>The version that filters mean, mostly the newest.</summary>
    /// <returns>Null when the parameter does not match.</returns>
    public static ParameterVersion? VersionOf(Parameter parameter, IReadOnlyList<ParameterFilter> filters)
    {
        var version = parameter.Newest;
        foreach (var filter in filters)
        {
            if (filter.Key == "Label")
            {
                if (filter.Values!.Select(parameter.Labelled).FirstOrDefault(static found => found is not null) is not { } labelled)
                    return null;
                version = labelled;
            }
        }
        return filters.All(filter => Matches(parameter, version, filter)) ? version : null;
    }

    /// <summary>The names that can match, as prefixes and whether all below them are meant: no more has to be looked at.</summary>
    public static IReadOnlyList<(string Prefix, bool Deep)> Ranges(IReadOnlyList<ParameterFilter> filters)
    {
        if (filters.FirstOrDefault(static filter => filter.Key == "Path") is { } path)
            return [.. path.Values!.Select(value => (ParameterName.PrefixOf(value), path.Option == Recursive))];
        if (filters.FirstOrDefault(static filter => filter is { Key: "Name", Option: Begins }) is { } begins)
            return [.. begins.Values!.Select(static value => (value.StartsWith('/') ? value : "/" + value, true))];
        return [("/", true)];
    }

    /// <summary>The keys of exactly the names that can match; null: there is no such filter.</summary>
    public static IEnumerable<string>? Names(IReadOnlyList<ParameterFilter> filters) =>
        filters.FirstOrDefault(static filter => filter is { Key: "Name", Option: null or Equal }) is { } name
            ? name.Values!.Select(static value => value.StartsWith('/') ? value : "/" + value)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
            : null;

    private static bool Matches(Parameter parameter, ParameterVersion version, ParameterFilter filter)
    {
        if (filter.Key == "Label")
            return true;
        if (filter.Key == "Path")
            return filter.Values!.Any(value => IsBelow(parameter.Key.Name, ParameterName.PrefixOf(value), filter.Option == Recursive));
        if (filter.Key == "Name")
            return filter.Values!.Any(value => NameMatches(parameter.Key.Name, filter.Option, value));
        var actual = filter.Key switch
        {
            "Type" => version.Type,
            "KeyId" => version.KeyId,
            "Tier" => version.Tier,
            "DataType" => version.DataType,
            _ => parameter.Tags?.GetValueOrDefault(filter.Key["tag:".Length..]),
        };
        if (actual is null)
            return false;
        return filter.Values is null
            || filter.Values.Any(value => filter.Option == Begins ? actual.StartsWith(value, StringComparison.Ordinal) : actual == value);
    }

    private static bool IsBelow(string key, string prefix, bool deep) =>
        key.StartsWith(prefix, StringComparison.Ordinal) && (deep || !key.AsSpan(prefix.Length).Contains('/'));

    private static bool NameMatches(string key, string? option, string value) =>
        option == Contains
            ? key.Contains(value, StringComparison.Ordinal)
            : (value.StartsWith('/') ? value : "/" + value) is var name
                && (option == Begins ? key.StartsWith(name, StringComparison.Ordinal) : key == name);

    private static IReadOnlyList<ParameterFilter> Checked(IReadOnlyList<ParameterFilter>? filters)
    {
        foreach (var group in (filters ?? []).GroupBy(static filter => filter.Key).Where(static group => group.Skip(1).Any()))
            throw SsmErrors.RepeatedFilter(group.Key);
        foreach (var filter in filters ?? [])
        {
            if (filter.Values is null && !filter.Key.StartsWith("tag:", StringComparison.Ordinal))
                throw SsmErrors.NoFilterValues(filter.Key);
        }
        return filters ?? [];
    }

    private static void CheckOption(ParameterFilter filter, string[] valid)
    {
        if (filter.Option is { } option && !valid.Contains(option))
            throw SsmErrors.InvalidFilterOption(option, string.Join(", ", valid));
    }
}
