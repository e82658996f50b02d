using System.Net;
using System.Text;
using Daybreak.Bridge.Credentials;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>Which parts of a container endpoint's response SQL may see.</summary>
public sealed class ContainerAnswerTests
{
    [Theory]
    [InlineData(
        """{"code":"AccessDenied","message":"it is not authorized to perform: sts:AssumeRole"}""",
        "it is not authorized to perform: sts:AssumeRole"
    )]
    [InlineData("""{"message":" of\r\nthree\u0000lines\u001b[31m "}""", "of  three lines [31m")]
    [InlineData("""{"message":"die Rolle „größte“ 🚫"}""", "die Rolle „größte“ 🚫")]
    [InlineData("""{"message":"The-Token-Of-The-Container is not known"}""", null)]
    [InlineData("""{"message":"ASIAIOSFODNN7EXAMPLE may not"}""", null)]
    [InlineData("""{"message":"nor xAKIAIOSFODNN7EXAMPLE"}""", null)]
    [InlineData("""{"message":""}""", null)]
    [InlineData("""{"message":7}""", null)]
    [InlineData("""{"Message":"not the member that is meant"}""", null)]
    [InlineData("""{"SecretAccessKey":"very-secret-key"}""", null)]
    [InlineData("""["message"]""", null)]
    [InlineData("very-secret-key", null)]
    [InlineData("", null)]
    [InlineData("""{"message":"\ud800"}""", null)]
    public void Message_of_a_refusal_is_shown_and_nothing_else(string body, string? shown)
    {
        Assert.Equal(shown, Answer(body).Refusal());
        Assert.Null(Answer(body, HttpStatusCode.OK).Refusal());
    }

    [Fact]
    public void Message_without_end_is_cut()
    {
        var shown = Answer($$"""{"message":"{{new string('x', 60_000)}}"}""").Refusal();

        Assert.Equal(new string('x', 1536) + "…", shown);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":"very-secret-key","Token":"t"}""")]
    [InlineData("""{"AccessKeyId":"a","SecretAccessKey":"very-secret-key","Token":"t","Expiration":"soon"}""")]
    [InlineData("very-secret-key")]
    public void Answer_that_holds_no_credentials_is_not_quoted(string body)
    {
        var failure = Assert.Throws<FormatException>(() => Answer(body, HttpStatusCode.OK).Credentials());

        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Token_is_not_in_its_text() => Assert.Equal("answer 403 of the container endpoint", Answer("{}").ToString());

    private static ContainerAnswer Answer(string body, HttpStatusCode status = HttpStatusCode.Forbidden) =>
        new(status, Encoding.UTF8.GetBytes(body), "the-token-of-the-container");
}
