using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Tests.LocalAws;

public sealed class RootCredentialsVariableTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Without_it_there_are_none(string? value) => Assert.Empty(RootCredentialsVariable.Read(value));

    [Fact]
    public void Pairs_are_read_and_a_secret_may_have_colons() =>
        Assert.Equal(
            [("AKIA1", "one"), ("AKIA2", "t:w:o")],
            RootCredentialsVariable.Read(" AKIA1:one  AKIA2:t:w:o ").Select(static pair => (pair.AccessKeyId, pair.SecretAccessKey))
        );

    [Theory]
    [InlineData("AKIA1:one secret-alone", "DAYBREAK_ROOT_CREDENTIALS: pair 2 is not ACCESS_KEY_ID:SECRET.")]
    [InlineData(":secret", "DAYBREAK_ROOT_CREDENTIALS: pair 1 is not ACCESS_KEY_ID:SECRET.")]
    [InlineData("AKIA1:", "DAYBREAK_ROOT_CREDENTIALS: pair 1 is not ACCESS_KEY_ID:SECRET.")]
    [InlineData("AKIA1:secret AKIA1:other", "DAYBREAK_ROOT_CREDENTIALS: an access key comes twice.")]
    [InlineData("test:secret", "DAYBREAK_ROOT_CREDENTIALS: an access key comes twice.")]
    public void Malformed_pairs_are_refused_without_their_text(string value, string message)
    {
        var failure = Assert.Throws<CommandFailedException>(() => RootCredentialsVariable.Read(value));
        Assert.Equal((ExitCode.Usage, message), (failure.Code, failure.Message));
    }
}
