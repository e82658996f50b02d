using System.Buffers.Binary;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>
/// A program for the kernel (seccomp(2), classic BPF) that lets a function make no user namespace, as on AWS: in one of its own it could
/// mount file systems in memory that nothing bounds, and reach what the kernel keeps for root. Nor does it reach the kernel's keys, which
/// are no part of any namespace: those of whoever runs the local AWS, and those that another function left for it.
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
        FirstArgument = 16; // offsets in struct seccomp_data; the flags are its lower half
    private const uint X32 = 0x4000_0000; // marks calls of that variant of x86-64, which has the same numbers
    private const uint Clone3 = 435,
        NewUser = 0x1000_0000;
    private const uint Allow = 0x7fff_0000,
        NotPermitted = 0x0005_0001,
        NoSuchCall = 0x0005_0026;

    // x86-64, i386, ARM64, ARM: what a machine of ours may run.
    // Keys: the first of add_key, request_key and keyctl, which follow each other everywhere.
    private static readonly (uint Architecture, uint Clone, uint Unshare, uint Keys)[] Machines =
    [
        (0xc000_003e, 56, 272, 248),
        (0x4000_0003, 120, 310, 286),
        (0xc000_00b7, 220, 97, 217),
        (0x4000_0028, 120, 337, 309),
    ];

    /// <summary>As <c>bwrap --seccomp</c> reads it: <c>struct sock_filter[]</c>.</summary>
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
            Add(IfEqual, Clone3, then: 5); // its flags lie in memory, where a filter cannot look: C libraries then call clone
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
