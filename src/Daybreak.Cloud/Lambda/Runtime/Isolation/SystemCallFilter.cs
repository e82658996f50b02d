using System.Buffers.Binary;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>
/// A program for the kernel (seccomp(2), classic BPF) that prevents a function from making a user namespace, as on AWS: there it could
/// mount unlimited file systems in memory and reach parts of the kernel that are reserved for root. The program also blocks the
/// kernel's keys, which no namespace isolates: they belong to the user of the local AWS or to another function.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort Load = 0x20,
        And = 0x54,
        IfEqual = 0x15,
        IfAtLeast = 0x35,
        IfGreater = 0x25,
        IfAnyBit = 0x45,
        Return = 0x06;
    private const uint Number = 0,
        Architecture = 4,
        FirstArgument = 16; // offsets in struct seccomp_data; the flags are the argument's lower half
    private const uint X32 = 0x4000_0000; // flag of calls of the x32 variant of x86-64, which has the same numbers
    private const uint Clone3 = 435,
        NewUser = 0x1000_0000;
    private const uint Allow = 0x7fff_0000,
        NotPermitted = 0x0005_0001,
        NoSuchCall = 0x0005_0026;

    // The architectures x86-64, i386, ARM64 and ARM.
    // Keys is the number of add_key, which request_key and keyctl follow on all of them.
    private static readonly (uint Architecture, uint Clone, uint Unshare, uint Keys)[] Machines =
    [
        (0xc000_003e, 56, 272, 248),
        (0x4000_0003, 120, 310, 286),
        (0xc000_00b7, 220, 97, 217),
        (0x4000_0028, 120, 337, 309),
    ];

    /// <summary>The program as <c>bwrap --seccomp</c> reads it: <c>struct sock_filter[]</c>.</summary>
    public static byte[] Write()
    {
        var program = new List<byte>();
        foreach (var (architecture, clone, unshare, keys) in Machines)
        {
            Add(Load, Architecture);
            Add(IfEqual, architecture, otherwise: 12);
            Add(Load, Number);
            Add(And, ~X32);
            Add(IfAtLeast, keys, otherwise: 1);
            Add(IfGreater, keys + 2, otherwise: 7);
            Add(IfEqual, Clone3, then: 5); // a filter cannot read its flags, which are in memory; C libraries then call clone
            Add(IfEqual, clone, then: 1);
            Add(IfEqual, unshare, otherwise: 2);
            Add(Load, FirstArgument);
            Add(IfAnyBit, NewUser, then: 2);
            Add(Return, Allow);
            Add(Return, NoSuchCall);
            Add(Return, NotPermitted);
        }
        Add(Return, NoSuchCall);
        return [.. program];

        void Add(ushort code, uint value, byte then = 0, byte otherwise = 0)
        {
            Span<byte> instruction = stackalloc byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(instruction, code);
            (instruction[2], instruction[3]) = (then, otherwise);
            BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], value);
            program.AddRange(instruction);
        }
    }
}
