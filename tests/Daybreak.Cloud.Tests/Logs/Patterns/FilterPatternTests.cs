using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.Logs.Patterns;

namespace Daybreak.Cloud.Tests.Logs.Patterns;

public sealed class FilterPatternTests
{
    [Theory]
    [InlineData("", "anything", true)]
    [InlineData("ERROR", "[ERROR 400] BAD REQUEST", true)]
    [InlineData("error", "[ERROR 400] BAD REQUEST", false)]
    [InlineData("ERROR ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", true)]
    [InlineData("ERROR ARGUMENTS", "[ERROR 401] UNAUTHORIZED", false)]
    [InlineData("?ERROR ?ARGUMENTS", "[ERROR 401] UNAUTHORIZED", true)]
    [InlineData("?ERROR ?ARGUMENTS", "fine", false)]
    [InlineData("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR", true)]
    [InlineData("\"say \\\"no\\\"\"", "they say \"no\"", true)]
    [InlineData("ERROR -ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", false)]
    [InlineData("ERROR -ARGUMENTS", "[ERROR 401] UNAUTHORIZED", true)]
    [InlineData("-DEBUG", "INFO", true)]
    [InlineData("ERROR ?INFO", "ERROR", true)]
    [InlineData("%ERR.R [0-9]{3}%", "[ERROR 400]", true)]
    [InlineData("{ $.user = \"a*\" }", """{"user":"alice"}""", true)]
    [InlineData("{ $.user = \"a*\" }", """{"user":"bob"}""", false)]
    [InlineData("{ $.user = alice }", """{"user":"alice"}""", true)]
    [InlineData("{ $.user != \"alice\" }", """{"user":"bob"}""", true)]
    [InlineData("{ $.size > 1.5e2 && $.size <= 200 }", """{"size":200}""", true)]
    [InlineData("{ $.size > 200 || ($.size = 1 && $.deep.a[1] = 7) }", """{"size":1,"deep":{"a":[0,7]}}""", true)]
    [InlineData("{ $.list[*] = 3 }", """{"list":[1,2,3]}""", true)]
    [InlineData("{ $.['a.b'] = 3 }", """{"a.b":3}""", true)]
    [InlineData("{ $.none IS NULL }", """{"none":null}""", true)]
    [InlineData("{ $.none NOT EXISTS }", """{"other":1}""", true)]
    [InlineData("{ $.on IS TRUE && $.off IS FALSE }", """{"on":true,"off":false}""", true)]
    [InlineData("{ $.text = %^a[0-9]+$% }", """{"text":"a12"}""", true)]
    [InlineData("{ $.user = 1 }", "no JSON", false)]
    [InlineData("{ $.user = 1 }", """{"user":""", false)]
    [InlineData("{ $.user = a }", """{"user":"\ud800"}""", false)]
    [InlineData("{ $.user = a }", """{"\ud800":1,"user":"a"}""", true)]
    [InlineData("[ip, user, name, time, request, status = 4*, bytes]", Access, true)]
    [InlineData("[ip, user, name, time, request, status = 5*, bytes]", Access, false)]
    [InlineData("[ip, user, bytes]", Access, false)]
    [InlineData("[..., status = 404 || status = 410, bytes > 1000]", Access, true)]
    [InlineData("[ip = 127.*, ..., bytes < 1000]", Access, false)]
    [InlineData("[ip, ...]", "one", true)]
    [InlineData("[request = \"GET /*\"]", "\"GET /index.html\"", true)]
    [InlineData("[a = \\[, b = x, c = \\[]", "[ x [", false)]
    [InlineData("[a, b, c = y]", "[x \"x y\" \"z", false)]
    [InlineData("[a, b = \"x y\", c]", "[x \"x y\" \"z", true)]
    public void A_pattern_matches(string pattern, string message, bool expected) =>
        Assert.Equal(expected, FilterPattern.Parse(pattern).Matches(Encoding.UTF8.GetBytes(message)));

    private const string Access = "127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

    [Theory]
    [InlineData("user@example")]
    [InlineData("\"open")]
    [InlineData("%(%")]
    [InlineData("{ $.a")]
    [InlineData("{ $ = 1 }")]
    [InlineData("{ $.a ~ 1 }")]
    [InlineData("{ $.a = 1 } more")]
    [InlineData("[a, ..., ...]")]
    [InlineData("[a")]
    [InlineData("?")]
    public void What_is_no_pattern_is_refused(string pattern) =>
        Assert.Equal("InvalidParameterException", Assert.Throws<AwsException>(() => FilterPattern.Parse(pattern)).Code);

    [Fact]
    public void Parentheses_within_each_other_are_limited() =>
        Assert.Throws<AwsException>(() => FilterPattern.Parse($"{{ {new string('(', 400)}$.a = 1{new string(')', 400)} }}"));

    [Fact]
    public void Columns_are_extracted_by_name() =>
        Assert.Equal(
            new Dictionary<string, string> { ["$status"] = "404", ["$bytes"] = "1534" },
            FilterPattern.Parse("[..., status, bytes]").Extract(Encoding.UTF8.GetBytes(Access))
        );
}
