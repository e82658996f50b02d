using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Patterns;

namespace Daybreak.Cloud.Logs.Events;

/// <summary>The operation TestMetricFilter, which tries a pattern on messages.</summary>
internal static class PatternTesting
{
    public static IEnumerable<AwsOperation> Operations() =>
        [new AwsOperation<TestMetricFilterRequest, TestMetricFilterResponse>("TestMetricFilter", static (request, _) => Test(request))];

    private static TestMetricFilterResponse Test(TestMetricFilterRequest request)
    {
        var pattern = FilterPattern.Parse(request.FilterPattern);
        var matches = new List<MetricFilterMatchRecord>();
        foreach (var (index, message) in request.LogEventMessages.Index())
        {
            var bytes = Encoding.UTF8.GetBytes(message);
            if (pattern.Matches(bytes))
                matches.Add(
                    new MetricFilterMatchRecord
                    {
                        EventNumber = index + 1,
                        EventMessage = message,
                        ExtractedValues = pattern.Extract(bytes),
                    }
                );
        }
        return new TestMetricFilterResponse { Matches = matches };
    }
}

internal sealed record TestMetricFilterRequest
{
    [Length(0, 1024)]
    public required string FilterPattern { get; init; }

    [Length(1, 50), Length(1, int.MaxValue, OfItems = true)]
    public required IReadOnlyList<string> LogEventMessages { get; init; }
}

internal sealed record TestMetricFilterResponse
{
    public required IReadOnlyList<MetricFilterMatchRecord> Matches { get; init; }
}

internal sealed record MetricFilterMatchRecord
{
    public required long EventNumber { get; init; }

    public required string EventMessage { get; init; }

    public required IReadOnlyDictionary<string, string> ExtractedValues { get; init; }
}
