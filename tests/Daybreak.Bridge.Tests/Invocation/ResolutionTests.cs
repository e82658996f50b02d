using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>The tables of "aws_lambda.invoke" and "Function name and qualifier resolution", row by row.</summary>
public sealed class ResolutionTests
{
    private const string FullArn = "arn:aws:lambda:us-west-2:111122223333:function:my-function";
    private static readonly Surroundings Nowhere = new(null, null);

    private static InvokeTarget Resolve(
        string? name,
        string? region = null,
        string? type = null,
        string? log = null,
        string? qualifier = null,
        InvokeForm form = InvokeForm.Text,
        string? endpoint = null,
        string? setting = "eu-central-1",
        Surroundings? surroundings = null
    ) => InvokeTargetResolver.Resolve(new(form, name, region, type, log, qualifier, endpoint, setting), surroundings ?? Nowhere);

    private static SqlError Refused(string sqlState, Func<InvokeTarget> resolve)
    {
        var error = Assert.Throws<InvocationException>(() => resolve()).Error;
        Assert.Equal(sqlState, error.SqlState);
        Assert.Equal("invoke API failed", error.Message);
        return error;
    }

    private static string PathOf(InvokeTarget target) => System.Text.Encoding.ASCII.GetString(target.Path.Span);

    private static string QueryOf(InvokeTarget target) => System.Text.Encoding.ASCII.GetString(target.Query.Span);

    [Theory]
    [InlineData("my-function", "my-function", null)]
    [InlineData("my-function:3", "my-function", "3")]
    [InlineData("my-function:$LATEST", "my-function", "$LATEST")]
    [InlineData("function:my-function", "my-function", null)]
    [InlineData("function:my-function:prod", "my-function", "prod")]
    [InlineData("111122223333:function:my-function", "111122223333%3Afunction%3Amy-function", null)]
    [InlineData("111122223333:function:my-function:prod", "111122223333%3Afunction%3Amy-function", "prod")]
    [InlineData("111122223333:my-function", "111122223333%3Afunction%3Amy-function", null)]
    [InlineData(FullArn, "arn%3Aaws%3Alambda%3Aus-west-2%3A111122223333%3Afunction%3Amy-function", null)]
    [InlineData(FullArn + ":prod", "arn%3Aaws%3Alambda%3Aus-west-2%3A111122223333%3Afunction%3Amy-function", "prod")]
    public void Function_name_is_asked_for_as_it_was_given(string name, string inPath, string? qualifier)
    {
        var target = Resolve(name);
        Assert.Equal($"/2015-03-31/functions/{inPath}/invocations", PathOf(target));
        Assert.Equal(qualifier is null ? "" : "Qualifier=" + Uri.EscapeDataString(qualifier), QueryOf(target));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("my function")]
    [InlineData("my/function")]
    [InlineData("a:b:c:d")]
    [InlineData("my-function:")]
    [InlineData("my-function:a b")]
    [InlineData("my-function:$LATES")]
    [InlineData("arn:aws:lambda::111122223333:function:f")]
    [InlineData("arn:aws:lambda:us-west-2::function:f")]
    [InlineData("arn:aws:lambda:us-west-2:1111:function:f")]
    [InlineData("arn:aws:s3:us-west-2:111122223333:function:f")]
    [InlineData("arn:aws:lambda:us-west-2:111122223333:layer:f")]
    [InlineData(FullArn + ":a:b")]
    [InlineData("x234567890123456789012345678901234567890123456789012345678901234x")]
    [InlineData("../../2015-03-31/functions/other")]
    [InlineData("f\r\nX-Evil: 1")]
    public void Name_of_no_form_is_refused(string? name)
    {
        var error = Refused("LM006", () => Resolve(name));
        Assert.StartsWith("function_name is ", error.Detail, StringComparison.Ordinal);
        Assert.Contains("partial ARN", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FullArn, null, "eu-central-1", "us-east-1", "us-west-2")]
    [InlineData(FullArn, "us-west-2", "eu-central-1", "us-east-1", "us-west-2")]
    [InlineData("f", "ap-south-1", "eu-central-1", "us-east-1", "ap-south-1")]
    [InlineData("f", null, "eu-central-1", "us-east-1", "eu-central-1")]
    [InlineData("f", "", "", "us-east-1", "us-east-1")]
    [InlineData("f", null, null, "us-east-1", "us-east-1")]
    [InlineData("us-east-2:111122223333:function:f", null, "eu-central-1", null, "us-east-2")]
    public void Region_is_that_of_the_arn_then_argument_then_setting_then_surroundings(
        string name,
        string? argument,
        string? setting,
        string? ambient,
        string expected
    ) => Assert.Equal(expected, Resolve(name, argument, setting: setting, surroundings: new(ambient, null)).Region.Code);

    [Fact]
    public void Region_of_arn_and_argument_that_differ_are_both_named()
    {
        var detail = Refused("LM006", () => Resolve(FullArn, "us-west-1")).Detail;
        Assert.Contains("\"us-west-2\"", detail, StringComparison.Ordinal);
        Assert.Contains("\"us-west-1\"", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_region_the_four_places_are_named()
    {
        var error = Refused("LM009", () => Resolve("f", setting: null));
        Assert.Equal("No Region is given.", error.Detail);
        Assert.Contains("aws_lambda.region", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example.com/")]
    [InlineData("us-west-2.evil.example")]
    [InlineData("aws-region")]
    [InlineData("US-WEST-2")]
    public void Region_that_would_name_another_host_is_refused(string region) =>
        Assert.Contains("region", Refused("LM006", () => Resolve("f", region)).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("us-west-2", "https://lambda.us-west-2.amazonaws.com")]
    [InlineData("cn-north-1", "https://lambda.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "https://lambda.us-gov-west-1.amazonaws.com")]
    public void Endpoint_is_that_of_the_region_s_partition(string region, string expected) =>
        Assert.Equal(expected, Resolve("f", region).Endpoint.ToString());

    [Theory]
    [InlineData("http://127.0.0.1:4566", null, "http://127.0.0.1:4566", "")]
    [InlineData("127.0.0.1:4566", null, "https://127.0.0.1:4566", "")]
    [InlineData("vpce-1.lambda.us-west-2.vpce.amazonaws.com", null, "https://vpce-1.lambda.us-west-2.vpce.amazonaws.com", "")]
    [InlineData("http://[::1]:4566/base/", null, "http://[::1]:4566", "/base")]
    [InlineData("http://one:1", "http://two:2", "http://one:1", "")]
    [InlineData("", "http://two:2", "http://two:2", "")]
    [InlineData(null, "http://two:2", "http://two:2", "")]
    public void Endpoint_is_the_override_then_that_of_the_environment(string? setting, string? environment, string expected, string prefix)
    {
        var target = Resolve("f", endpoint: setting, surroundings: new(null, environment));
        Assert.Equal(expected, target.Endpoint.ToString());
        Assert.StartsWith(prefix + "/2015-03-31/", PathOf(target), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("http://")]
    [InlineData("http://user:password@host")]
    [InlineData("http://host/?x=1")]
    public void Override_that_is_no_endpoint_is_refused_without_repeating_it(string setting) =>
        Assert.DoesNotContain("password", Refused("LM006", () => Resolve("f", endpoint: setting)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Qualifiers_that_differ_are_both_named()
    {
        var detail = Refused("LM006", () => Resolve("f:prod", qualifier: "test")).Detail;
        Assert.Contains("\"prod\"", detail, StringComparison.Ordinal);
        Assert.Contains("\"test\"", detail, StringComparison.Ordinal);
        Assert.Equal("Qualifier=prod", QueryOf(Resolve("f:prod", qualifier: "prod")));
        Assert.Equal("Qualifier=%24LATEST", QueryOf(Resolve("f", qualifier: "$LATEST")));
    }

    [Fact]
    public void Qualifier_of_200_characters_is_refused() => Refused("LM006", () => Resolve("f", qualifier: new string('q', 200)));

    [Theory]
    [InlineData("event")]
    [InlineData("requestresponse")]
    [InlineData("")]
    [InlineData("Event ")]
    public void Invocation_type_is_case_sensitive(string type)
    {
        var error = Refused("LM006", () => Resolve("f", type: type));
        Assert.Equal($"invocation_type is \"{type}\".", error.Detail);
        Assert.Contains("RequestResponse, Event, DryRun", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_type_is_case_sensitive() =>
        Assert.Equal("log_type is \"tail\".", Refused("LM006", () => Resolve("f", log: "tail")).Detail);

    [Fact]
    public void Null_words_mean_the_defaults()
    {
        var target = Resolve("f");
        Assert.Equal(InvocationType.RequestResponse, target.Type);
        Assert.Equal(LogType.None, target.Log);
    }

    [Theory]
    // What psql's \gset leaves lands in the text overload: AWS's own examples, and what they mean.
    [InlineData("(my-function,us-west-2)", null, "RequestResponse", "None", "us-west-2", InvocationType.RequestResponse, LogType.None)]
    [InlineData("(my-function,us-west-2)", "Event", "RequestResponse", "None", "us-west-2", InvocationType.Event, LogType.None)]
    [InlineData("(my-function,us-west-2)", "RequestResponse", "Tail", "None", "us-west-2", InvocationType.RequestResponse, LogType.Tail)]
    [InlineData("(my-function,us-west-2)", null, "Event", "None", "us-west-2", InvocationType.Event, LogType.None)]
    [InlineData(
        "(111122223333:function:my-function,us-west-2)",
        "DryRun",
        "None",
        "None",
        "us-west-2",
        InvocationType.DryRun,
        LogType.None
    )]
    [InlineData(
        "(arn:aws:lambda:us-west-2:111122223333:function:my-function,)",
        "Event",
        "RequestResponse",
        "None",
        "us-west-2",
        InvocationType.Event,
        LogType.None
    )]
    [InlineData("(my-function,)", "us-east-2", "Event", "Tail", "us-east-2", InvocationType.Event, LogType.Tail)]
    [InlineData("(\"my-function\",\"us-west-2\")", "us-west-2", "Event", null, "us-west-2", InvocationType.Event, LogType.None)]
    public void Row_literal_in_the_text_overload_is_the_composite(
        string name,
        string? region,
        string? type,
        string? log,
        string expectedRegion,
        InvocationType expectedType,
        LogType expectedLog
    )
    {
        var target = Resolve(name, region, type, log);
        Assert.Equal("my-function", target.Function.Name);
        Assert.Equal(expectedRegion, target.Region.Code);
        Assert.Equal(expectedType, target.Type);
        Assert.Equal(expectedLog, target.Log);
    }

    [Theory]
    [InlineData("(my-function)")]
    [InlineData("(my-function,us-west-2,x)")]
    [InlineData("(,us-west-2)")]
    [InlineData("(\"my-function,us-west-2)")]
    [InlineData("()")]
    public void Row_that_is_no_function_and_region_is_refused(string name) => Refused("LM006", () => Resolve(name));

    [Fact]
    public void Row_s_region_and_another_one_are_a_conflict()
    {
        var detail = Refused("LM006", () => Resolve("(my-function,us-west-2)", "us-east-1")).Detail;
        Assert.Contains("\"us-west-2\"", detail, StringComparison.Ordinal);
        Assert.Contains("\"us-east-1\"", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_composite_overload_a_row_literal_is_no_name() =>
        Refused("LM006", () => Resolve("(my-function,us-west-2)", form: InvokeForm.Composite));

    [Fact]
    public void Without_a_row_nothing_is_shifted() =>
        Assert.Contains("Event", Refused("LM006", () => Resolve("my-function", "Event")).Detail, StringComparison.Ordinal);

    [Fact]
    public void Arn_is_shown_as_far_as_it_is_certain()
    {
        Assert.Equal(FullArn, Resolve(FullArn).ShownArn("999999999999"));
        Assert.Equal(FullArn, Resolve("111122223333:function:my-function", "us-west-2").ShownArn(null));
        Assert.Equal(FullArn + ":prod", Resolve("my-function:prod", "us-west-2").ShownArn("111122223333"));
        Assert.Equal("arn:aws-cn:lambda:cn-north-1:111122223333:function:f", Resolve("f", "cn-north-1").ShownArn("111122223333"));
        Assert.Equal("my-function", Resolve("my-function").ShownArn(null));
    }
}
