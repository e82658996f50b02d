using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Hosting;
using Daybreak.Tests.Shared;

namespace Daybreak.Cloud.Tests.Forwarding;

public sealed class ForwardRuleTests
{
    [Theory]
    [InlineData("sqs=http://127.0.0.1:5000", "sqs", "http://127.0.0.1:5000/", null)]
    [InlineData("*=http://localhost:4567/aws", "*", "http://localhost:4567/aws", null)]
    [InlineData("sqs=https://sqs.eu-west-1.amazonaws.com,profile=my dev", "sqs", "https://sqs.eu-west-1.amazonaws.com/", "my dev")]
    [InlineData("s3=http://127.0.0.1:9000,profile=minio", "s3", "http://127.0.0.1:9000/", "minio")]
    [InlineData("dynamodb=http://emulators:8000", "dynamodb", "http://emulators:8000/", null)]
    public void A_rule_is_a_service_and_a_URL(string text, string service, string url, string? profile)
    {
        Assert.True(ForwardRule.TryParse(text, out var rule, out _));
        Assert.Equal((service, url, profile), (rule.Service, rule.Url.ToString(), rule.Profile));
    }

    [Theory]
    [InlineData("sqs", "'sqs' is not SERVICE=URL, such as sqs=http://127.0.0.1:5000")]
    [InlineData("SQS=http://h", "'SQS' is no name of a service as requests are signed for, such as sqs, nor *")]
    [InlineData("sqs=ftp://h", "'ftp://h' is no http or https URL")]
    [InlineData("sqs=127.0.0.1:5000", "'127.0.0.1:5000' is no http or https URL")]
    [InlineData("sqs=http://u:p@h", "the URL of sqs may have a host, a port and a path, and nothing else")]
    [InlineData("sqs=http://h/?a=b", "the URL of sqs may have a host, a port and a path, and nothing else")]
    [InlineData("sqs=https://h,profile=", "sqs has a profile without a name")]
    [InlineData(
        "sqs=http://example.com,profile=p",
        "requests of sqs that a profile signs leave this machine by https only, not to http://example.com/"
    )]
    public void Anything_else_is_refused(string text, string why)
    {
        Assert.False(ForwardRule.TryParse(text, out _, out var defect));
        Assert.Equal(why, defect);
    }

    [Theory]
    [InlineData("lambda", "http://127.0.0.1:1", "lambda is here: its requests are not sent on.")]
    [InlineData("sqs", "http://localhost:4566", "sqs=http://localhost:4566/ leads back to this local AWS.")]
    [InlineData("sqs", "http://127.0.0.1:4566/x", "sqs=http://127.0.0.1:4566/x leads back to this local AWS.")]
    public void A_rule_that_cannot_be_followed_prevents_the_start(string service, string url, string why) =>
        Assert.Equal(
            why,
            Assert
                .Throws<ForwardException>(() =>
                {
                    using var forwards = new Forwards(
                        [new ForwardRule(service, new Uri(url))],
                        new Uri("http://127.0.0.1:4566"),
                        TimeProvider.System
                    );
                    forwards.RequireElsewhere(["lambda"]);
                })
                .Message
        );

    [Fact]
    public async Task A_cloud_does_not_start_with_such_a_rule() =>
        await Assert.ThrowsAsync<ForwardException>(() =>
            CloudHost.StartAsync(new CloudOptions { Port = 0, Forwards = [new ForwardRule("iam", new Uri("http://127.0.0.1:1"))] })
        );

    [Fact]
    public void Keys_of_a_profile_are_those_that_are_in_the_files_now()
    {
        using var directory = new TemporaryDirectory();
        var (credentials, config) = (Path.Combine(directory.Path, "credentials"), Path.Combine(directory.Path, "config"));
        var keys = new ProfileKeys("dev", [credentials, config]);
        Assert.Null(keys.Find());
        File.WriteAllText(
            config,
            "[default]\naws_access_key_id = A0\n[profile dev]\nregion = x\naws_access_key_id=A1\naws_secret_access_key = s=1\n"
        );
        Assert.Equal(("A1", "s=1", null), (keys.Find()!.AccessKeyId, keys.Find()!.SecretAccessKey, keys.Find()!.SessionToken));
        File.WriteAllText(
            credentials,
            "# x\n[dev]\naws_access_key_id = A2\naws_secret_access_key = s2\naws_session_token = t\n[other]\naws_access_key_id = A3\n"
        );
        Assert.Equal(("A2", "s2", "t"), (keys.Find()!.AccessKeyId, keys.Find()!.SecretAccessKey, keys.Find()!.SessionToken));
        Assert.Null(new ProfileKeys("othe", [credentials, config]).Find());
    }
}
