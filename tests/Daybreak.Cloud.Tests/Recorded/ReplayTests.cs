namespace Daybreak.Cloud.Tests.Recorded;

/// <summary>Asks what was asked of the real AWS, as far as it is served here, and compares the answers.</summary>
[Trait("Pace", "slow")]
public sealed class ReplayTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Theory]
    [InlineData("kms", "kms/every_recorded_case_is_answered_alike.py")]
    [InlineData("secretsmanager", "secretsmanager/every_recorded_case_is_answered_alike.py")]
    [InlineData("ssm", "ssm/every_recorded_case_is_answered_alike.py")]
    public async Task Every_recorded_case_that_is_asked_is_answered_alike(string service, string program)
    {
        await cloud.Host.ResetAsync();
        var recorded = RecordedAnswers.Of(service);
        var answers = await Boto.JsonAsync(cloud.Endpoint, program);
        foreach (var answer in answers.GetProperty("responses").EnumerateObject())
            recorded.AssertResponse(answer.Name, answer.Value);
        foreach (var answer in answers.GetProperty("errors").EnumerateObject())
            recorded.AssertError(answer.Name, answer.Value);
    }
}
