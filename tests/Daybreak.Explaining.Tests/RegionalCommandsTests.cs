namespace Daybreak.Explaining.Tests;

public sealed class RegionalCommandsTests
{
    [Theory]
    [InlineData("us-east-1", "aws ec2 delete-route --route-table-id rtb-1")]
    [InlineData("eu-west-1", "aws ec2 delete-route --region eu-west-1 --route-table-id rtb-1")]
    public void Commands_name_their_Region_where_it_is_not_the_default(string region, string command) =>
        Assert.Equal(command, new RegionalCommands(region, "us-east-1").Of("ec2 delete-route", ("route-table-id", "rtb-1")));
}
