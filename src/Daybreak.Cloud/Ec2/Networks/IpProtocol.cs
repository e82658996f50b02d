using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>An IP protocol by its IANA number; -1 means all.</summary>
[JsonConverter(typeof(IpProtocolJson))]
internal readonly record struct IpProtocol
{
    private const int Most = 255;

    private IpProtocol(int number) => Number = number;

    public static IpProtocol All { get; } = new(-1);

    public static IpProtocol Icmp { get; } = new(1);

    public static IpProtocol Tcp { get; } = new(6);

    public static IpProtocol Udp { get; } = new(17);

    public static IpProtocol Icmpv6 { get; } = new(58);

    public int Number { get; }

    public bool IsAll => Number == -1;

    /// <summary>Whether the protocol has ports: TCP and UDP.</summary>
    public bool HasPorts => this == Tcp || this == Udp;

    /// <summary>Whether the protocol has types: both versions of ICMP.</summary>
    public bool HasTypes => this == Icmp || this == Icmpv6;

    /// <summary>The text in rules of security groups: a name where there is one, otherwise the number.</summary>
    public string Name =>
        Number switch
        {
            1 => "icmp",
            6 => "tcp",
            17 => "udp",
            58 => "icmpv6",
            _ => Digits,
        };

    /// <summary>The text in entries of network ACLs, which is always the number.</summary>
    public string Digits => Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Parses names in any case, <c>all</c>, and numbers from -1 to 255.</summary>
    public static bool TryParse(string? text, out IpProtocol protocol)
    {
        IpProtocol? parsed = text?.ToLowerInvariant() switch
        {
            "tcp" => Tcp,
            "udp" => Udp,
            "icmp" => Icmp,
            "icmpv6" => Icmpv6,
            "all" => All,
            var digits => int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is >= -1 and <= Most
                ? new IpProtocol(number)
                : null,
        };
        protocol = parsed ?? default;
        return parsed is not null;
    }

    /// <summary>Whether packets of the other protocol are packets of this one.</summary>
    public bool Covers(IpProtocol other) => IsAll || this == other;

    public override string ToString() => Name;
}

internal sealed class IpProtocolJson : JsonConverter<IpProtocol>
{
    public override IpProtocol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IpProtocol.TryParse(reader.GetString(), out var protocol) ? protocol : throw new JsonException("not an IP protocol");

    public override void Write(Utf8JsonWriter writer, IpProtocol value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Digits);
}
