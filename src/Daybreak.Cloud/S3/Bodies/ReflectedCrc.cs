using System.Buffers.Binary;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>
/// Cyclic redundancy checks of 32 and 64 bits in their reflected form, with all ones before and after. It takes eight bytes at a time
/// (https://create.stephan-brumme.com/crc32/#slicing-by-8-overview).
/// </summary>
internal sealed class ReflectedCrc
{
    public static readonly ReflectedCrc Crc32 = new(0xEDB88320, 4),
        Crc32C = new(0x82F63B78, 4),
        Crc64Nvme = new(0x9A6C9329AC4BC9B5, 8);

    private readonly ulong _polynomial;
    private readonly ulong[][] _tables = new ulong[8][];

    private ReflectedCrc(ulong polynomial, int length)
    {
        (_polynomial, Length) = (polynomial, length);
        for (var slice = 0; slice < 8; slice++)
        {
            _tables[slice] = new ulong[256];
            for (var i = 0; i < 256; i++)
                _tables[slice][i] = slice == 0 ? Shifted((ulong)i, 8) : Next(_tables[slice - 1][i]);
        }
    }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    /// <summary>Before the first byte.</summary>
    public ulong Start => Ones;

    private ulong Ones => Length == 4 ? uint.MaxValue : ulong.MaxValue;

    public ulong Append(ulong state, ReadOnlySpan<byte> bytes)
    {
        var tables = _tables;
        while (bytes.Length >= 8)
        {
            var x = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ state;
            state =
                tables[7][(byte)x]
                ^ tables[6][(byte)(x >> 8)]
                ^ tables[5][(byte)(x >> 16)]
                ^ tables[4][(byte)(x >> 24)]
                ^ tables[3][(byte)(x >> 32)]
                ^ tables[2][(byte)(x >> 40)]
                ^ tables[1][(byte)(x >> 48)]
                ^ tables[0][(byte)(x >> 56)];
            bytes = bytes[8..];
        }
        foreach (var value in bytes)
            state = tables[0][(byte)(state ^ value)] ^ (state >> 8);
        return state;
    }

    /// <summary>The value in the order of bytes that AWS sends.</summary>
    public byte[] Finish(ulong state) => BytesOf(state ^ Ones);

    /// <summary>The check of two texts one after the other, from the checks of each.</summary>
    /// <param name="length">Of the second, in bytes.</param>
    public byte[] Combine(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long length)
    {
        // The first is multiplied by x to the power of the second's bits. A polynomial's greatest power is in its lowest bit.
        var (factor, power) = ((ulong)1 << (Length * 8 - 1), Shifted((ulong)1 << (Length * 8 - 1), 8));
        for (; length > 0; length >>= 1)
        {
            if ((length & 1) != 0)
                factor = Product(factor, power);
            power = Product(power, power);
        }
        return BytesOf(Product(factor, ValueOf(first)) ^ ValueOf(second));
    }

    private ulong Product(ulong a, ulong b)
    {
        ulong product = 0;
        for (var bit = (ulong)1 << (Length * 8 - 1); bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
                product ^= b;
            b = Shifted(b, 1);
        }
        return product;
    }

    private ulong Shifted(ulong value, int bits)
    {
        for (var i = 0; i < bits; i++)
            value = (value & 1) != 0 ? (value >> 1) ^ _polynomial : value >> 1;
        return value;
    }

    private ulong Next(ulong value) => _tables[0][(byte)value] ^ (value >> 8);

    private byte[] BytesOf(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[(8 - Length)..];
    }

    private static ulong ValueOf(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var one in bytes)
            value = (value << 8) | one;
        return value;
    }
}
