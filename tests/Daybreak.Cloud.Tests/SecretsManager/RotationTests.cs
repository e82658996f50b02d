using Daybreak.Cloud.SecretsManager.Rotation;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.SecretsManager;

/// <summary>Rotation by functions that really run.</summary>
[Trait("Pace", "slow")]
public sealed class RotationTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    [Fact]
    public Task Functions_rotate_secrets() => Boto.RunAsync(cloud.Host.Endpoint, "secretsmanager/functions_rotate_secrets.py");
}

/// <summary>When rotations are due.</summary>
public sealed class RotationScheduleTests
{
    [Theory]
    [InlineData("rate(10 days)", "2026-03-11T00:00:00Z")]
    [InlineData("rate(1 day)", "2026-03-02T00:00:00Z")]
    [InlineData("rate(4 hours)", "2026-03-01T14:00:00Z")]
    [InlineData("cron(0 8 1 * ? *)", "2026-04-01T08:00:00Z")]
    [InlineData("cron(0 16 ? * 2#1 *)", "2026-03-02T16:00:00Z")]
    [InlineData("cron(0 16 ? * FRI *)", "2026-03-06T16:00:00Z")]
    [InlineData("cron(0 16 ? * 6L *)", "2026-03-27T16:00:00Z")]
    [InlineData("cron(0 0 L * ? *)", "2026-03-31T00:00:00Z")]
    [InlineData("cron(0 */8 * * ? *)", "2026-03-01T16:00:00Z")]
    [InlineData("cron(0 10 ? FEB,MAY,AUG,NOV TUE#2 *)", "2026-05-12T10:00:00Z")]
    [InlineData("cron(0 1-3 29 2 ? *)", "2028-02-29T01:00:00Z")]
    public void The_next_time_after_one(string expression, string next) =>
        Assert.Equal(
            DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture),
            RotationSchedule.Parse(expression).After(new DateTimeOffset(2026, 3, 1, 10, 30, 0, TimeSpan.Zero))
        );

    [Theory]
    [InlineData("rate(3 hours)")]
    [InlineData("rate(0 days)")]
    [InlineData("rate(5 minutes)")]
    [InlineData("cron(5 8 1 * ? *)")]
    [InlineData("cron(0 8 1 * ? 2027)")]
    [InlineData("cron(0 8 1 * 2 *)")]
    [InlineData("cron(0 24 1 * ? *)")]
    [InlineData("cron(0 9-7 1 * ? *)")]
    [InlineData("cron(0 8 1 * ?)")]
    [InlineData("every day")]
    public void What_is_no_expression_is_refused(string expression) =>
        Assert.Equal("InvalidParameterException", Assert.Throws<Daybreak.Aws.AwsException>(() => RotationSchedule.Parse(expression)).Code);
}
