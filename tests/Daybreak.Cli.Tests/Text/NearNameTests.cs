using Daybreak.Cli.Text;

namespace Daybreak.Cli.Tests.Text;

public sealed class NearNameTests
{
    private static readonly string[] Names = ["price", "orders", "orders-eu", "a"];

    [Theory]
    [InlineData("pric", "price")]
    [InlineData("Price", "price")]
    [InlineData("oders", "orders")]
    [InlineData("ordersxeu", "orders-eu")]
    [InlineData("b", "a")]
    [InlineData("shipping", null)]
    [InlineData("", "a")]
    public void The_nearest_name_is_found_if_it_is_near(string typed, string? found) => Assert.Equal(found, NearName.Of(typed, Names));

    [Fact]
    public void Of_two_that_are_as_near_the_first_by_its_letters_is_taken() => Assert.Equal("ab", NearName.Of("aa", ["ac", "ab"]));
}
