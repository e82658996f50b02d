namespace Daybreak.Aws.Tests;

public class AwsRegionTests
{
    [Theory]
    [InlineData("us-east-1", "aws", "https://lambda.us-east-1.amazonaws.com/")]
    [InlineData("eu-central-1", "aws", "https://lambda.eu-central-1.amazonaws.com/")]
    [InlineData("ap-southeast-7", "aws", "https://lambda.ap-southeast-7.amazonaws.com/")]
    [InlineData("mx-central-1", "aws", "https://lambda.mx-central-1.amazonaws.com/")]
    [InlineData("cn-north-1", "aws-cn", "https://lambda.cn-north-1.amazonaws.com.cn/")]
    [InlineData("cn-northwest-1", "aws-cn", "https://lambda.cn-northwest-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", "aws-us-gov", "https://lambda.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-gov-east-1", "aws-us-gov", "https://lambda.us-gov-east-1.amazonaws.com/")]
    public void Belongs_to_a_partition_and_has_an_endpoint(string code, string partition, string endpoint)
    {
        var region = AwsRegion.Parse(code);

        Assert.Equal(partition, region.Partition.Name);
        Assert.Equal(new Uri(endpoint), region.Endpoint("lambda"));
        Assert.Equal(code, region.ToString());
        Assert.Same(region.Partition, AwsPartition.FromName(partition));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("us-east")]
    [InlineData("us-1")]
    [InlineData("US-EAST-1")]
    [InlineData("us-east-1a")]
    [InlineData("us_east_1")]
    [InlineData("us--east-1")]
    [InlineData("-us-east-1")]
    [InlineData("us-east-")]
    [InlineData("us-east-1\n")]
    [InlineData("us-east-1.evil.example")]
    [InlineData("us-east-1/")]
    [InlineData("évil-east-1")]
    [InlineData("abcdefghijkl-abcdefghijkl-abcdefgh-1")]
    public void Anything_else_is_none(string? code)
    {
        Assert.False(AwsRegion.TryParse(code, out _));
        Assert.Throws<FormatException>(() => AwsRegion.Parse(code!));
    }

    [Fact]
    public void An_unknown_partition_is_none() => Assert.Null(AwsPartition.FromName("aws-moon"));
}
