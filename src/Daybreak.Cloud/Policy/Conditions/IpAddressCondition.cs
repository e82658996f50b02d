using System.Net;

namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>IpAddress and NotIpAddress: addresses and CIDR ranges, version 4 and 6.</summary>
internal sealed class IpAddressCondition(ConditionSpec spec) : ConditionTest(spec)
{
    private readonly IPNetwork[] _networks = [.. spec.Values.Select(Parse).OfType<IPNetwork>()];

    protected override bool MatchesAny(string value, RequestContext request)
    {
        if (!IPAddress.TryParse(value, out var address))
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (var network in _networks)
            if (network.Contains(address))
                return true;
        return false;
    }

    /// <summary>Host bits below the prefix are ignored: 10.0.0.7/8 is 10.0.0.0/8.</summary>
    private static IPNetwork? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
            return null;
        var bytes = address.GetAddressBytes();
        var length = bytes.Length * 8;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), out length) || length < 0 || length > bytes.Length * 8))
            return null;
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }
}
