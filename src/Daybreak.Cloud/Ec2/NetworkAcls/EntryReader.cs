using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.NetworkAcls;

/// <summary>Makes an entry from a request.</summary>
internal static class EntryReader
{
    private const int MostPort = 65535;
    private const int MostIcmp = 255;

    /// <exception cref="Aws.AwsException">A parameter is missing, malformed or out of range.</exception>
    public static NetworkAclEntry Read(NetworkAclEntryRequest request)
    {
        if (string.IsNullOrEmpty(request.Protocol))
            throw Ec2Errors.Missing("protocol");
        if (!IpProtocol.TryParse(request.Protocol, out var protocol))
            throw Ec2Errors.InvalidValue($"Invalid value '{request.Protocol}' for IP protocol. Unknown protocol.");
        return new NetworkAclEntry
        {
            RuleNumber = Number(request.RuleNumber),
            IsEgress = request.Egress ?? throw Ec2Errors.Missing("egress"),
            Allows = request.RuleAction switch
            {
                "allow" => true,
                "deny" => false,
                null or "" => throw Ec2Errors.Missing("ruleAction"),
                var other => throw Ec2Errors.InvalidValue("ruleAction", other),
            },
            Protocol = protocol,
            Cidr = Block(request),
            Ports = protocol.HasPorts ? Ports(request.PortRange) : null,
            Icmp = protocol.HasTypes ? Icmp(request.IcmpTypeCode) : null,
        };
    }

    public static int Number(int? number) =>
        number switch
        {
            null => throw Ec2Errors.Missing("ruleNumber"),
            < 1 or > NetworkAclEntry.MostRuleNumber => throw Ec2Errors.InvalidValue(
                "ruleNumber",
                number,
                $"The rule number must be between 1 and {NetworkAclEntry.MostRuleNumber}."
            ),
            { } valid => valid,
        };

    private static Cidr Block(NetworkAclEntryRequest request)
    {
        var isIpv6 = string.IsNullOrEmpty(request.CidrBlock) && !string.IsNullOrEmpty(request.Ipv6CidrBlock);
        var text = isIpv6 ? request.Ipv6CidrBlock : request.CidrBlock;
        if (string.IsNullOrEmpty(text))
            throw Ec2Errors.Missing("cidrBlock");
        if (!isIpv6 && !string.IsNullOrEmpty(request.Ipv6CidrBlock))
            throw Ec2Errors.InvalidCombination("The parameter cidrBlock cannot be used with the parameter ipv6CidrBlock");
        // AWS accepts an address inside the block in place of the block.
        return Cidr.TryParseLoosely(text, out var cidr, out _) && cidr.IsIpv6 == isIpv6
            ? cidr
            : throw Ec2Errors.NotACidr(isIpv6 ? "ipv6CidrBlock" : "cidrBlock", text);
    }

    private static PortRange Ports(PortRangeValue? range)
    {
        if (range is not { From: { } from, To: { } to })
            throw Ec2Errors.Missing("portRange");
        if (from is < 0 or > MostPort)
            throw Ec2Errors.InvalidValue($"TCP/UDP port ({from}) out of range");
        if (to is < 0 or > MostPort)
            throw Ec2Errors.InvalidValue($"TCP/UDP port ({to}) out of range");
        return from <= to ? new PortRange(from, to) : throw Ec2Errors.InvalidValue($"Invalid TCP/UDP port range ({from}:{to})");
    }

    private static IcmpTypeCode Icmp(IcmpTypeCodeValue? value)
    {
        if (value is not { Type: { } type, Code: { } code })
            throw Ec2Errors.Missing("icmpTypeCode");
        if (type is < -1 or > MostIcmp)
            throw Ec2Errors.InvalidValue($"ICMP type ({type}) out of range");
        return code is < -1 or > MostIcmp ? throw Ec2Errors.InvalidValue($"ICMP code ({code}) out of range") : new IcmpTypeCode(type, code);
    }
}
