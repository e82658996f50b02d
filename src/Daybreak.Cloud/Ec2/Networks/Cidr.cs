using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>A block of IPv4 or IPv6 addresses: <c>10.0.0.0/16</c>, <c>::/0</c>. No bits outside its prefix are set.</summary>
[JsonConverter(typeof(CidrJson))]
internal readonly record struct Cidr
{
    private const int Ipv4Bits = 32;
    private const int Ipv6Bits = 128;

    private Cidr(bool isIpv6, UInt128 first, int prefixLength) => (IsIpv6, First, PrefixLength) = (isIpv6, first, prefixLength);

    public static Cidr AllIpv4 { get; } = new(false, 0, 0);

    public static Cidr AllIpv6 { get; } = new(true, 0, 0);

    public bool IsIpv6 { get; }

    public int PrefixLength { get; }

    /// <summary>The first address as a number.</summary>
    public UInt128 First { get; }

    public UInt128 Last => First | (~Mask(IsIpv6, PrefixLength) & Mask(IsIpv6, IsIpv6 ? Ipv6Bits : Ipv4Bits));

    /// <summary>Number of addresses of an IPv4 block.</summary>
    public long Size => 1L << (Ipv4Bits - PrefixLength);

    /// <summary>The block of one address.</summary>
    public static Cidr Of(IPAddress address)
    {
        var isIpv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        return new(isIpv6, Number(address), isIpv6 ? Ipv6Bits : Ipv4Bits);
    }

    /// <summary>Parses strictly: four decimal parts without leading zeros, a prefix length, and no bits after the prefix.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Cidr cidr) =>
        TryParseLoosely(text, out cidr, out var hasHostBits) && !hasHostBits;

    /// <summary>Also accepts an address inside the block, as some operations do: <c>10.0.0.5/16</c> then means 10.0.0.0/16.</summary>
    public static bool TryParseLoosely([NotNullWhen(true)] string? text, out Cidr cidr, out bool hasHostBits)
    {
        (cidr, hasHostBits) = (default, false);
        if (text is null || text.Length > 64 || text.IndexOf('/') is var slash && slash < 0)
            return false;
        var head = text.AsSpan(0, slash);
        var tail = text.AsSpan(slash + 1);
        var isIpv6 = head.Contains(':');
        if (
            head.ContainsAny("%[")
            || !IPAddress.TryParse(head, out var address)
            || (address.AddressFamily == AddressFamily.InterNetworkV6) != isIpv6
            || (!isIpv6 && !head.SequenceEqual(address.ToString()))
            || !int.TryParse(tail, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > (isIpv6 ? Ipv6Bits : Ipv4Bits)
            || (tail.Length > 1 && tail[0] == '0')
        )
            return false;
        var number = Number(address);
        var first = number & Mask(isIpv6, length);
        hasHostBits = first != number;
        cidr = new Cidr(isIpv6, first, length);
        return true;
    }

    /// <exception cref="FormatException">The text is no block in the strict form.</exception>
    public static Cidr Parse(string text) =>
        TryParse(text, out var cidr) ? cidr : throw new FormatException($"'{text}' is not a CIDR block");

    public bool Contains(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetworkV6) == IsIpv6 && (Number(address) & Mask(IsIpv6, PrefixLength)) == First;

    public bool Contains(Cidr other) =>
        other.IsIpv6 == IsIpv6 && other.PrefixLength >= PrefixLength && (other.First & Mask(IsIpv6, PrefixLength)) == First;

    public bool Overlaps(Cidr other) => Contains(other) || other.Contains(this);

    /// <summary>The address <paramref name="offset"/> after the first.</summary>
    public IPAddress Address(long offset)
    {
        var number = First + (UInt128)offset;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(IsIpv6 ? bytes : bytes[12..]);
    }

    public override string ToString() => $"{Address(0)}/{PrefixLength}";

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes : bytes[12..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    // An IPv4 address uses only the low 32 bits. The bits above them are zero in the mask as in the address.
    private static UInt128 Mask(bool isIpv6, int length) =>
        isIpv6
            ? length == 0
                ? 0
                : UInt128.MaxValue << (Ipv6Bits - length)
            : length == 0
                ? 0
                : uint.MaxValue << (Ipv4Bits - length);
}

internal sealed class CidrJson : JsonConverter<Cidr>
{
    public override Cidr Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Cidr.TryParse(reader.GetString(), out var cidr) ? cidr : throw new JsonException("not a CIDR block");

    public override void Write(Utf8JsonWriter writer, Cidr value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

internal sealed class AddressJson : JsonConverter<IPAddress>
{
    public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IPAddress.TryParse(reader.GetString(), out var address) ? address : throw new JsonException("not an IP address");

    public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
