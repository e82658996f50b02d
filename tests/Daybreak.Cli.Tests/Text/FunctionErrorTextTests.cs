using Daybreak.Cli.Text;

namespace Daybreak.Cli.Tests.Text;

public sealed class FunctionErrorTextTests
{
    [Theory]
    [InlineData(
        """{"errorMessage":"no","errorType":"ValueError","stackTrace":["  File 1\n","  File 2\n"]}""",
        "ValueError: no\n  File 1\n  File 2"
    )]
    [InlineData("""{"errorType":"Error","errorMessage":"no","trace":["Error: no","    at f"]}""", "Error: no\n    at f")]
    [InlineData("""{"errorMessage":"no"}""", "no")]
    [InlineData(
        """{"errorType":"Runtime.ExitError","errorMessage":"exit status 1","stackTrace":null}""",
        "Runtime.ExitError: exit status 1"
    )]
    [InlineData("""{"errorType":"E","errorMessage":{"code":7},"stackTrace":"at f"}""", "E: {\"code\":7}\nat f")]
    [InlineData("no JSON", "no JSON")]
    [InlineData("[1]", "[1]")]
    public void An_error_is_shown_as_its_language_would(string payload, string shown) => Assert.Equal(shown, FunctionErrorText.Of(payload));
}
