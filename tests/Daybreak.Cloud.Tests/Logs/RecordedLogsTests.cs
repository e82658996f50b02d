using Daybreak.Cloud.Tests.Recorded;

namespace Daybreak.Cloud.Tests.Logs;

/// <summary>Compares responses with recorded ones of the real CloudWatch Logs.</summary>
[Trait("Pace", "slow")]
public sealed class RecordedLogsTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // Subscription and metric filters are not served.
    private static readonly string[] NotServed = ["subscription_filters", "metric_filters", "subfilter_missing"];

    [Fact]
    public async Task Every_recorded_case_of_what_is_served_is_answered_alike()
    {
        var recorded = RecordedAnswers.Of("logs");
        var answers = await Boto.JsonAsync(cloud.Endpoint, "logs/every_recorded_case_is_answered_alike.py");
        foreach (var name in recorded.Cases("responses").Except(NotServed))
            recorded.AssertResponse(name, answers.GetProperty("responses").GetProperty(name));
        foreach (var name in recorded.Cases("errors").Except(NotServed))
            recorded.AssertError(name, answers.GetProperty("errors").GetProperty(name));
    }
}
