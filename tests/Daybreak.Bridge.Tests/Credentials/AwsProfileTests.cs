using Daybreak.Bridge.Credentials;

namespace Daybreak.Bridge.Tests.Credentials;

public sealed class AwsProfileTests
{
    [Theory]
    [InlineData("[default]\nendpoint_url=http://a", "", "default", "http://a")]
    [InlineData("[profile default]\nendpoint_url=http://a", "", "default", "http://a")]
    [InlineData("[ profile  team ]\n  \n# endpoint_url = http://b\nendpoint_url = http://a", "", "team", "http://a")]
    [InlineData("[profile other]\nendpoint_url = http://a", "", "team", null)]
    [InlineData("[team]\nendpoint_url = http://a", "", "team", null)]
    [InlineData("[profile team]\nendpoint_url = http://a", "[team]\nendpoint_url = http://b", "team", "http://b")]
    [InlineData("[profile team]\ns3 =\n  endpoint_url = http://a", "", "team", null)]
    [InlineData(
        "[profile team]\nservices = x\n[services x]\ns3 =\n  endpoint_url = http://a\nlambda =\n\tendpoint_url = http://b",
        "",
        "team",
        "http://b"
    )]
    [InlineData(
        "[profile team]\nservices = x\nendpoint_url = http://b\n[services x]\ns3 =\n  endpoint_url = http://a",
        "",
        "team",
        "http://b"
    )]
    [InlineData("[profile team]\nservices = x\nendpoint_url = http://b", "", "team", "http://b")]
    [InlineData("[services x]\nlambda =\n  endpoint_url = http://a\n[profile team]\nregion = r", "", "team", null)]
    [InlineData("[profile team]\nendpoint_url = http://a\nignore_configured_endpoint_urls = TRUE", "", "team", null)]
    [InlineData("[\n=\n==\n]\nno section = x\n[profile team\nendpoint_url = http://a", "]", "team", "http://a")]
    [InlineData("", "", "default", null)]
    public void Endpoint_of_a_profile(string config, string credentials, string profile, string? expected) =>
        Assert.Equal(expected, new AwsProfile(config.Split('\n'), credentials.Split('\n'), profile).EndpointOf("lambda"));
}
