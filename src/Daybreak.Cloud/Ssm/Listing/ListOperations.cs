using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Ssm.Parameters;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm.Listing;

/// <summary>Parameters without their values.</summary>
internal sealed class ListOperations(ParameterStore parameters)
{
    private const int PageSize = 50;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DescribeParametersRequest, DescribeParametersResponse>("DescribeParameters", Describe)
            {
                Resource = static (_, context) => $"arn:aws:ssm:{context.Region}:{context.AccountId}:*",
            },
        ];

    public DescribeParametersResponse Describe(DescribeParametersRequest request, OperationContext context)
    {
        var filters = ParameterFilters.OfDescription(request.Filters, request.ParameterFilters);
        var after = NamePage.After(request.NextToken);
        var names =
            ParameterFilters.Names(filters)?.Where(name => after is null || string.CompareOrdinal(name, after) > 0)
            ?? Along(ParameterFilters.Ranges(filters), after, context);
        var page = NamePage.Of(
            names,
            request.MaxResults ?? PageSize,
            name =>
                parameters.Find(new ResourceKey(context.AccountId, context.Region, name)) is { } found
                && ParameterFilters.VersionOf(found, filters) is { } version
                    ? Description(found, version)
                    : null
        );
        return new DescribeParametersResponse { Parameters = page.Items, NextToken = page.NextToken };
    }

    /// <summary>The names of all ranges in one order, each once.</summary>
    private IEnumerable<string> Along(IReadOnlyList<(string Prefix, bool Deep)> ranges, string? after, OperationContext context)
    {
        var queue = new PriorityQueue<IEnumerator<string>, string>(StringComparer.Ordinal);
        foreach (var (prefix, deep) in ranges)
        {
            var names = parameters.Index.Below(context.AccountId, context.Region, prefix, after, deep).GetEnumerator();
            if (names.MoveNext())
                queue.Enqueue(names, names.Current);
        }
        string? last = null;
        while (queue.TryDequeue(out var names, out var name))
        {
            if (name != last)
                yield return last = name;
            if (names.MoveNext())
                queue.Enqueue(names, names.Current);
        }
    }

    private static ParameterDescription Description(Parameter parameter, ParameterVersion version) =>
        new()
        {
            Name = parameter.Name,
            ARN = parameter.Arn,
            Type = version.Type,
            KeyId = version.KeyId,
            LastModifiedDate = version.LastModifiedDate,
            LastModifiedUser = version.User,
            Description = version.Description,
            AllowedPattern = version.AllowedPattern,
            Version = version.Version,
            Tier = version.Tier,
            Policies = [],
            DataType = version.DataType,
        };
}
