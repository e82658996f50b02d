using System.Text;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Requests;

/// <summary>A page of a list, and the token of the next one; null when this is the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken)
{
    public IReadOnlyList<TOther> Select<TOther>(Func<T, TOther> convert) => [.. Items.Select(convert)];
}

internal static class Page
{
    /// <summary>A page of the resources that have one of the ids and pass the filters, ordered by id.</summary>
    /// <param name="ids">Ids that the request names; null or empty for all.</param>
    /// <exception cref="Aws.AwsException">An id or filter is unknown, there are ids together with MaxResults, MaxResults is out of range,
    /// or
    /// the token is invalid.</exception>
    public static Page<T> Of<T>(
        DescribeRequest request,
        Network network,
        Resources<T> resources,
        ResourceKind kind,
        IReadOnlyList<string>? ids,
        Filters<T> filters
    )
        where T : Resource
    {
        if (ids is not { Count: > 0 })
            return Of(request, network, resources.All, filters);
        if (request.MaxResults is not null)
            throw Ec2Errors.InvalidCombination($"The parameter {kind.Parameter}s cannot be used with the parameter maxResults");
        return Of(request, network, kind.FindAll(resources, ids), filters);
    }

    public static Page<T> Of<T>(DescribeRequest request, Network network, IEnumerable<T> resources, Filters<T> filters)
        where T : Resource =>
        Of(
            filters.Apply(resources, request.Filters, network),
            resource => resource.Id,
            request.MaxResults,
            request.NextToken,
            request.Limits
        );

    /// <param name="nameOf">Returns a distinct name, which the token contains.</param>
    /// <param name="limits">Limits of MaxResults.</param>
    public static Page<T> Of<T>(IEnumerable<T> items, Func<T, string> nameOf, int? maxResults, string? nextToken, PageLimits limits)
    {
        limits.Check(maxResults);
        var after = string.IsNullOrEmpty(nextToken) ? null : Decode(nextToken);
        var sorted = items
            .Where(item => after is null || string.CompareOrdinal(nameOf(item), after) > 0)
            .OrderBy(nameOf, StringComparer.Ordinal);
        if (maxResults is not { } limit)
            return new Page<T>([.. sorted], null);
        var shown = sorted.Take(limit + 1).ToList();
        if (shown.Count <= limit)
            return new Page<T>(shown, null);
        shown.RemoveAt(limit);
        return new Page<T>(shown, Convert.ToBase64String(Encoding.UTF8.GetBytes(nameOf(shown[^1]))));
    }

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw Ec2Errors.InvalidToken();
    }
}
