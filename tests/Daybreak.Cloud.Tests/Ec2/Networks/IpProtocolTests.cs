using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Tests.Ec2.Networks;

public class IpProtocolTests
{
    [Theory]
    [InlineData("tcp", 6, "tcp")]
    [InlineData("TCP", 6, "tcp")]
    [InlineData("6", 6, "tcp")]
    [InlineData("17", 17, "udp")]
    [InlineData("1", 1, "icmp")]
    [InlineData("58", 58, "icmpv6")]
    [InlineData("icmpv6", 58, "icmpv6")]
    [InlineData("47", 47, "47")]
    [InlineData("-1", -1, "-1")]
    [InlineData("all", -1, "-1")]
    [InlineData("255", 255, "255")]
    public void A_protocol_is_known_by_name_and_number(string text, int number, string name)
    {
        Assert.True(IpProtocol.TryParse(text, out var protocol));
        Assert.Equal(number, protocol.Number);
        Assert.Equal(name, protocol.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gre")]
    [InlineData("256")]
    [InlineData("-2")]
    [InlineData("6.0")]
    [InlineData(" 6")]
    public void Anything_else_is_no_protocol(string? text) => Assert.False(IpProtocol.TryParse(text, out _));
}
