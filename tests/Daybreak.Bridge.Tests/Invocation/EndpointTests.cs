using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Invocation;
using Daybreak.Tests.Shared;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>Which endpoint of a service is asked, by AWS's variables and settings.</summary>
public sealed class EndpointTests
{
    private static readonly AwsRegion Oregon = AwsRegion.Parse("us-west-2");

    [Fact]
    public void Every_region_and_variant_has_the_host_that_aws_s_own_rules_give_it()
    {
        var hosts = File.ReadAllLines(Path.Combine(Checkout.Root, "tests", "golden", "endpoints.txt"))
            .Where(static line => line.Length > 0 && line[0] != '#')
            .ToList();
        Assert.True(hosts.Count > 300, $"{hosts.Count} hosts");
        Assert.All(
            hosts,
            static line =>
            {
                var words = line.Split(' ');
                var region = AwsRegion.Parse(words[1]);
                var variant = new EndpointVariant(words[3] == "fips", words[4] == "dualstack");
                var chosen = EndpointChoice.Choose(words[0], null, null, region, variant);
                Assert.Equal($"{words[2]} https://{words[5]}", $"{region.Partition} {chosen.Endpoint}");
                Assert.Same(region.Partition, AwsPartition.FromName(words[2]));
            }
        );
    }

    [Theory]
    [InlineData(true, false, "FIPS", "AWS_USE_FIPS_ENDPOINT")]
    [InlineData(true, true, "FIPS", "AWS_USE_FIPS_ENDPOINT")]
    [InlineData(false, true, "Dualstack", "AWS_USE_DUALSTACK_ENDPOINT")]
    public void Variant_of_an_endpoint_that_is_named_is_refused_as_aws_refuses_it(bool fips, bool dualStack, string what, string variable)
    {
        var cases = new (string? Setting, string? Environment, string Source)[]
        {
            ("http://a", null, "aws_lambda.endpoint_override"),
            (null, "http://b", "profile"),
        };
        foreach (var (setting, environment, source) in cases)
        {
            var error = Assert
                .Throws<InvocationException>(() =>
                    (object)EndpointChoice.Choose("lambda", setting, environment, Oregon, new(fips, dualStack))
                )
                .Error;
            Assert.Equal("LM006", error.SqlState);
            Assert.Equal($"Invalid Configuration: {what} and custom endpoint are not supported.", error.Detail);
            Assert.Contains(source, error.Hint, StringComparison.Ordinal);
            Assert.Contains(variable, error.Hint, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, null, "", false, false)]
    [InlineData("true", null, "", true, false)]
    [InlineData(" TRUE ", "True", "", true, true)]
    [InlineData("1", "yes", "", false, false)]
    [InlineData(null, null, "use_fips_endpoint = true\nuse_dualstack_endpoint=true", true, true)]
    [InlineData(null, "false", "use_dualstack_endpoint = true", false, false)]
    [InlineData("", null, "use_fips_endpoint = true", true, false)]
    public void Variables_say_which_variant_then_the_profile(string? fips, string? dualStack, string profile, bool isFips, bool isDualStack)
    {
        var variables = new Dictionary<string, string?> { ["AWS_USE_FIPS_ENDPOINT"] = fips, ["AWS_USE_DUALSTACK_ENDPOINT"] = dualStack };
        var variant = ConfiguredEndpoint.FindVariant(
            variables.GetValueOrDefault,
            () => new AwsProfile(["[default]", .. profile.Split('\n')], [], "default")
        );
        Assert.Equal(new EndpointVariant(isFips, isDualStack), variant);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_LAMBDA", "http://of-lambda", "AWS_ENDPOINT_URL_LAMBDA")]
    [InlineData("AWS_ENDPOINT_URL", "http://of-all", "AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_STS", "http://of-profile", "the profile")]
    [InlineData("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", null, null)]
    public void Endpoint_of_lambda_is_named_by_its_variable_then_that_of_all_then_the_profile(string highest, string? url, string? source)
    {
        string[] order = ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"];
        var set = order[Array.IndexOf(order, highest)..];
        var found = ConfiguredEndpoint.Find(
            "lambda",
            name =>
                !set.Contains(name)
                    ? null
                    : name switch
                    {
                        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" => "true",
                        "AWS_ENDPOINT_URL_LAMBDA" => "http://of-lambda",
                        "AWS_ENDPOINT_URL" => "http://of-all",
                        _ => "http://of-sts",
                    },
            () => new AwsProfile(["[default]", "endpoint_url = http://of-profile"], [], "default")
        );
        Assert.Equal((url, source), (found?.Url, found?.Source));
    }
}
