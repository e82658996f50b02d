namespace Daybreak.Cloud.Tests.Rds.Logins;

/// <summary>IAM database authentication.</summary>
[Trait("Pace", "slow")]
public sealed class TokenTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Members_of_rds_iam_log_in_with_tokens_and_nothing_else() =>
        Boto.RunAsync(cloud.Endpoint, "rds/logins/members_of_rds_iam_log_in_with_tokens_and_nothing_else.py");
}
