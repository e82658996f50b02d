using Daybreak.Cloud.Tests.Recorded;

namespace Daybreak.Cloud.Tests.Sts;

/// <summary>Compares responses with recorded ones of the real STS.</summary>
[Trait("Pace", "slow")]
public sealed class RecordedStsTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Every_recorded_case_is_answered_alike()
    {
        var recorded = RecordedAnswers.Of("sts");
        var answers = await Boto.JsonAsync(cloud.Endpoint, "sts/every_recorded_case_is_answered_alike.py");
        foreach (var name in recorded.Cases("responses"))
            recorded.AssertResponse(name, answers.GetProperty("responses").GetProperty(name));
        foreach (var name in recorded.Cases("errors"))
            recorded.AssertError(name, answers.GetProperty("errors").GetProperty(name));
    }
}
