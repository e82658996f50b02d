using Daybreak.Cloud.Explain;

namespace Daybreak.Cloud.Tests.Explain;

public sealed class NearFunctionsTests
{
    [Theory]
    [InlineData("my-function", "My-Function")]
    [InlineData("my-function", "my-functon")]
    [InlineData("my-function", "my-functionss")]
    [InlineData("my-function", "my_functiom")]
    [InlineData("simple", "smiple")]
    [InlineData("echo", "ehco")]
    [InlineData("ab", "AB")]
    public void Slip_of_the_hand_is_near(string asked, string present) =>
        Assert.Equal([("us-east-1", present)], NearFunctions.Of("us-east-1", asked, [("us-east-1", present)]));

    [Theory]
    [InlineData("my-function", "my-func")]
    [InlineData("my-function", "your-function")]
    [InlineData("echo", "ehlo2")]
    [InlineData("ab", "ac")]
    [InlineData("a-name-that-is-far-longer-than-any", "a")]
    public void Another_name_is_not(string asked, string present) =>
        Assert.Empty(NearFunctions.Of("us-east-1", asked, [("us-east-1", present)]));

    [Fact]
    public void Nearest_comes_first_and_the_asked_region_before_others() =>
        Assert.Equal(
            [("eu-west-1", "import"), ("us-east-1", "imports"), ("eu-west-1", "imports")],
            NearFunctions.Of(
                "us-east-1",
                "import",
                [
                    ("us-east-1", "importers"),
                    ("eu-west-1", "imports"),
                    ("us-east-1", "imports"),
                    ("eu-west-1", "import"),
                    ("us-east-1", "impotr1"),
                ]
            )
        );
}
