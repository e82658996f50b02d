using System.Net;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Tests.Ec2.Networks;

public class CidrTests
{
    [Theory]
    [InlineData("10.0.0.0/16")]
    [InlineData("0.0.0.0/0")]
    [InlineData("255.255.255.255/32")]
    [InlineData("10.0.0.128/25")]
    [InlineData("::/0")]
    [InlineData("2001:db8::/32")]
    [InlineData("2001:db8::1/128")]
    public void A_block_is_read_and_written_as_it_was(string text) => Assert.Equal(text, Cidr.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0/16")]
    [InlineData("10/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x0a.0.0.0/8")]
    [InlineData("10.0.0.256/32")]
    [InlineData(" 10.0.0.0/8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.1/16")]
    [InlineData("11.0.0.0/7")]
    [InlineData("2001:db8::1/64")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::%eth0/64")]
    [InlineData("[::]/0")]
    [InlineData("db8/32")]
    public void What_is_no_strict_block_is_refused(string? text) => Assert.False(Cidr.TryParse(text, out _));

    [Fact]
    public void An_address_inside_the_block_is_told_from_the_block()
    {
        Assert.True(Cidr.TryParseLoosely("10.1.2.3/8", out var cidr, out var hasHostBits));
        Assert.True(hasHostBits);
        Assert.Equal("10.0.0.0/8", cidr.ToString());
    }

    [Theory]
    [InlineData("10.0.0.0/16", "10.0.255.0/24", true)]
    [InlineData("10.0.0.0/16", "10.1.0.0/24", false)]
    [InlineData("10.0.0.0/24", "10.0.0.0/16", true)]
    [InlineData("10.0.0.0/25", "10.0.0.128/25", false)]
    [InlineData("0.0.0.0/0", "192.0.2.1/32", true)]
    [InlineData("0.0.0.0/0", "::/0", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::/48", true)]
    [InlineData("2001:db8::/32", "2001:db9::/32", false)]
    public void Blocks_overlap_when_one_contains_the_other(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, Cidr.Parse(one).Overlaps(Cidr.Parse(other)));
        Assert.Equal(overlap, Cidr.Parse(other).Overlaps(Cidr.Parse(one)));
    }

    [Theory]
    [InlineData("10.0.0.0/16", "10.0.255.255", true)]
    [InlineData("10.0.0.0/16", "10.1.0.0", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("2001:db8::/64", "2001:db8::ffff:1", true)]
    public void A_block_contains_the_addresses_of_its_prefix(string block, string address, bool contains) =>
        Assert.Equal(contains, Cidr.Parse(block).Contains(IPAddress.Parse(address)));

    [Fact]
    public void A_block_counts_its_addresses()
    {
        var block = Cidr.Parse("10.0.1.0/24");
        Assert.Equal(256, block.Size);
        Assert.Equal("10.0.1.5", block.Address(5).ToString());
        Assert.Equal((UInt128)0x0a0001ff, block.Last);
        Assert.Equal("192.0.2.7/32", Cidr.Of(IPAddress.Parse("192.0.2.7")).ToString());
    }
}
