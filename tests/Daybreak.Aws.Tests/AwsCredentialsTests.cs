namespace Daybreak.Aws.Tests;

public class AwsCredentialsTests
{
    [Fact]
    public void Text_of_credentials_shows_no_secret()
    {
        var credentials = new AwsCredentials("AKIDEXAMPLE", "the-secret", "the-token", DateTimeOffset.UnixEpoch);

        var text = $"{credentials} {string.Join(",", [credentials])}";

        Assert.Contains("AKIDEXAMPLE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the-", text, StringComparison.Ordinal);
    }
}
