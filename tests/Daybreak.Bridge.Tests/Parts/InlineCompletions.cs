using System.Runtime.CompilerServices;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>The tests run with the completions of the real program; see <c>Program.Main</c>.</summary>
internal static class InlineCompletions
{
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}
