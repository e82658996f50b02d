using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// Starts a program with posix_spawn(3): as leader of a new session, with default signal handling, and no descriptors beyond 0 to 2 except
/// a file for it. System.Diagnostics.Process offers none of these and reports a signal as an exit code.
/// </summary>
internal static unsafe class Spawn
{
    private const short SetDefaultSignals = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;
    private const int OpaqueSize = 512; // more than the size of posix_spawnattr_t (336) and posix_spawn_file_actions_t (80)
    private const int SignalSetSize = 128;

    /// <param name="input">Descriptor that becomes 0; negative: /dev/null. Likewise <paramref name="output"/>,
    /// <paramref name="error"/>.</param>
    /// <param name="file">Becomes descriptor 3, open for reading; null: none.</param>
    /// <returns>Process id.</returns>
    /// <exception cref="Win32Exception">The program could not be started.</exception>
    public static int Run(
        string program,
        IReadOnlyList<string> arguments,
        IEnumerable<string> environment,
        string directory,
        int input,
        int output,
        int error,
        string? file
    )
    {
        var attributes = stackalloc byte[OpaqueSize];
        var actions = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[SignalSetSize];
        using var text = new NativeStrings();
        Check(LibC.SpawnAttributesInit(attributes));
        Check(LibC.SpawnActionsInit(actions));
        try
        {
            // .NET ignores SIGPIPE, and an ignored signal stays ignored after exec.
            new Span<byte>(signals, SignalSetSize).Fill(0xff);
            Check(LibC.SpawnAttributesSetDefaultSignals(attributes, signals));
            new Span<byte>(signals, SignalSetSize).Clear();
            Check(LibC.SpawnAttributesSetSignalMask(attributes, signals));
            Check(LibC.SpawnAttributesSetFlags(attributes, SetSession | SetDefaultSignals | SetSignalMask));

            Place(input, 0, LibC.ReadOnly);
            Place(output, 1, LibC.WriteOnly);
            Place(error, 2, LibC.WriteOnly);
            if (file is not null)
                Check(LibC.SpawnActionsOpen(actions, 3, text.Add(file), LibC.ReadOnly, 0));
            Check(LibC.SpawnActionsCloseFrom(actions, file is null ? 3 : 4));
            Check(LibC.SpawnActionsChangeDirectory(actions, text.Add(directory)));

            int process;
            Check(
                LibC.Spawn(
                    &process,
                    text.Add(program),
                    actions,
                    attributes,
                    text.AddList([program, .. arguments]),
                    text.AddList([.. environment])
                )
            );
            return process;
        }
        finally
        {
            _ = LibC.SpawnActionsDestroy(actions);
            _ = LibC.SpawnAttributesDestroy(attributes);
        }

        void Place(int descriptor, int number, int mode) =>
            Check(
                descriptor >= 0
                    ? LibC.SpawnActionsDuplicate(actions, descriptor, number)
                    : LibC.SpawnActionsOpen(actions, number, text.Add("/dev/null"), mode, 0)
            );
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    /// <summary>Zero-terminated strings for the C library, freed together.</summary>
    private sealed class NativeStrings : IDisposable
    {
        private readonly List<nint> _allocated = [];

        public byte* Add(string value)
        {
            var start = Marshal.StringToCoTaskMemUTF8(value);
            _allocated.Add(start);
            return (byte*)start;
        }

        public byte** AddList(IReadOnlyList<string> values)
        {
            var list = Marshal.AllocCoTaskMem((values.Count + 1) * sizeof(nint));
            _allocated.Add(list);
            for (var index = 0; index < values.Count; index++)
                ((byte**)list)[index] = Add(values[index]);
            ((byte**)list)[values.Count] = null;
            return (byte**)list;
        }

        public void Dispose()
        {
            foreach (var start in _allocated)
                Marshal.FreeCoTaskMem(start);
        }
    }
}
