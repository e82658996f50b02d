using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Daybreak.Cloud.FrontDoor.SideDoors;

/// <summary>
/// A filter that the kernel runs on each packet for a socket, before TCP sees it. Any user may set one on sockets of its own.
/// </summary>
/// <remarks>https://www.kernel.org/doc/html/latest/networking/filter.html</remarks>
internal static unsafe class PacketFilter
{
    private const int SocketLevel = 1;
    private const int Attach = 26;
    private const int Detach = 27;
    private const ushort Return = 0x06;

    /// <summary>From now on nothing comes in: on a listening socket a connection is neither accepted nor refused.</summary>
    public static void DropAll(Socket socket)
    {
        // What a program returns is how many bytes of the packet pass.
        var instruction = new Instruction { Code = Return, Constant = 0 };
        var program = new BpfProgram { Length = 1, Instructions = &instruction };
        socket.SetRawSocketOption(SocketLevel, Attach, new ReadOnlySpan<byte>(&program, sizeof(BpfProgram)));
    }

    /// <summary>Ends <see cref="DropAll"/>, which was called before.</summary>
    public static void PassAll(Socket socket) => socket.SetRawSocketOption(SocketLevel, Detach, stackalloc byte[sizeof(int)]);

    /// <summary>struct sock_filter</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        public ushort Code;
        public byte JumpIfTrue;
        public byte JumpIfFalse;
        public uint Constant;
    }

    /// <summary>struct sock_fprog</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BpfProgram
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
