using Daybreak.Cloud.Tests.Recorded;

namespace Daybreak.Cloud.Tests.Ec2;

/// <summary>Compares responses with recorded ones of the real EC2.</summary>
[Trait("Pace", "slow")]
public sealed class RecordedEc2Tests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // VPNs and peering are not served.
    private static readonly string[] NotServed = ["vpn_gateway", "peering_pending"];

    [Fact]
    public async Task Every_recorded_case_of_what_is_served_is_answered_alike()
    {
        var recorded = RecordedAnswers.Of("ec2");
        var answers = await Boto.JsonAsync(cloud.Endpoint, "ec2/every_recorded_case_of_what_is_served_is_answered_alike.py");
        foreach (var name in recorded.Cases("responses").Except(NotServed))
            recorded.AssertResponse(name, answers.GetProperty(name));
    }
}
