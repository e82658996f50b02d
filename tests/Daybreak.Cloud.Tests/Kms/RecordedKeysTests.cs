using Daybreak.Cloud.Tests.Recorded;

namespace Daybreak.Cloud.Tests.Kms;

/// <summary>Compares responses with recorded ones of the real KMS.</summary>
[Trait("Pace", "slow")]
public sealed class RecordedKeysTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Every_recorded_case_that_is_asked_is_answered_alike()
    {
        var recorded = RecordedAnswers.Of("kms");
        var answers = await Boto.JsonAsync(cloud.Endpoint, "kms/every_recorded_case_is_answered_alike.py");
        foreach (var answer in answers.GetProperty("responses").EnumerateObject())
            recorded.AssertResponse(answer.Name, answer.Value);
        foreach (var answer in answers.GetProperty("errors").EnumerateObject())
            recorded.AssertError(answer.Name, answer.Value);
    }
}
