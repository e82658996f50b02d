using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Tests.LocalAws;

public sealed class ForwardVariableTests
{
    [Fact]
    public void Options_come_before_the_variable() =>
        Assert.Equal(
            ["sqs=http://a:1/", "sns=http://b:2/", "*=http://c:3/"],
            ForwardVariable
                .Read(" sqs=http://other:9  *=http://c:3 ", ["sqs=http://a:1", "sns=http://b:2"])
                .Select(static rule => $"{rule.Service}={rule.Url}")
        );

    [Theory]
    [InlineData(null, "sqs", "--forward: 'sqs' is not SERVICE=URL, such as sqs=http://127.0.0.1:5000.")]
    [InlineData("sqs=x", "sns=http://a", "DAYBREAK_FORWARD: 'x' is no http or https URL.")]
    public void What_is_no_rule_is_refused(string? variable, string option, string message)
    {
        var failure = Assert.Throws<CommandFailedException>(() => ForwardVariable.Read(variable, [option]));
        Assert.Equal((ExitCode.Usage, message), (failure.Code, failure.Message));
    }
}
