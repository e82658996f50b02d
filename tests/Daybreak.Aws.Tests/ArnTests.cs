using System.Text;

namespace Daybreak.Aws.Tests;

public class ArnTests
{
    [Theory]
    [InlineData(
        "arn:aws:lambda:eu-central-1:444455556666:function:simple",
        "aws",
        "lambda",
        "eu-central-1",
        "444455556666",
        "function:simple"
    )]
    [InlineData(
        "arn:aws:lambda:us-east-1:444455556666:function:simple:$LATEST",
        "aws",
        "lambda",
        "us-east-1",
        "444455556666",
        "function:simple:$LATEST"
    )]
    [InlineData("arn:aws:iam::444455556666:role/path/name", "aws", "iam", "", "444455556666", "role/path/name")]
    [InlineData("arn:aws:iam::aws:policy/service-role/AWSLambdaRole", "aws", "iam", "", "aws", "policy/service-role/AWSLambdaRole")]
    [InlineData("arn:aws-cn:s3:::bucket/key:with:colons", "aws-cn", "s3", "", "", "bucket/key:with:colons")]
    [InlineData("arn:aws-us-gov:sts::444455556666:assumed-role/r/s", "aws-us-gov", "sts", "", "444455556666", "assumed-role/r/s")]
    [InlineData(
        "arn:aws:logs:eu-central-1:444455556666:log-group:/aws/lambda/x:*",
        "aws",
        "logs",
        "eu-central-1",
        "444455556666",
        "log-group:/aws/lambda/x:*"
    )]
    public void Has_six_parts(string text, string partition, string service, string region, string account, string resource)
    {
        Assert.True(Arn.TryParse(text, out var arn));
        Assert.Equal(new Arn(partition, service, region, account, resource), arn);
        Assert.Equal(text, arn.ToString());
        Assert.Equal(arn, Arn.Parse(text));

        var utf8 = new byte[text.Length];
        Assert.True(arn.TryFormat(utf8, out var written));
        Assert.Equal(text, Encoding.UTF8.GetString(utf8, 0, written));
        Assert.False(arn.TryFormat(utf8.AsSpan(1), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("simple")]
    [InlineData("arn")]
    [InlineData("ARN:aws:lambda:eu-central-1:444455556666:function:simple")]
    [InlineData("arn:aws:lambda:eu-central-1:444455556666")]
    [InlineData("arn::lambda:eu-central-1:444455556666:function:simple")]
    [InlineData("arn:aws::eu-central-1:444455556666:function:simple")]
    [InlineData("arn:aws:lambda:eu-central-1:444455556666:")]
    [InlineData(" arn:aws:lambda:eu-central-1:444455556666:function:simple")]
    public void Anything_else_is_none(string? text)
    {
        Assert.False(Arn.TryParse(text, out var arn));
        Assert.Equal(default, arn);
        Assert.Throws<FormatException>(() => Arn.Parse(text ?? ""));
    }
}
