using Daybreak.Cloud.Tests.Recorded;

namespace Daybreak.Cloud.Tests.Iam;

/// <summary>Compares responses with recorded ones of the real IAM.</summary>
[Trait("Pace", "slow")]
public sealed class RecordedIamTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task Every_recorded_case_is_answered_alike()
    {
        var recorded = RecordedAnswers.Of("iam");
        var answers = await Boto.JsonAsync(cloud.Endpoint, "iam/every_recorded_case_is_answered_alike.py");
        foreach (var name in recorded.Cases("responses"))
        {
            // When a service last used its role is not known here.
            if (name == "slr_rds")
                continue;
            recorded.AssertResponse(name, answers.GetProperty("responses").GetProperty(name));
        }
        foreach (var name in recorded.Cases("errors"))
            recorded.AssertError(name, answers.GetProperty("errors").GetProperty(name));
        var role = answers.GetProperty("responses").GetProperty("slr_rds").GetProperty("Role");
        Assert.Equal("Allows Amazon RDS to manage AWS resources on your behalf", role.GetProperty("Description").GetString());
        Assert.EndsWith(
            ":role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS",
            role.GetProperty("Arn").GetString(),
            StringComparison.Ordinal
        );
    }
}
