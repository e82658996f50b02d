using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Daybreak.Cli.Functions;

/// <summary>What <c>dotnet publish</c> has made.</summary>
internal static class DotnetAssembly
{
    private const int Oldest = 8;

    /// <summary>Whether an assembly is a program, which speaks the Runtime API itself.</summary>
    public static bool IsExecutable(string path)
    {
        try
        {
            using var reader = new PEReader(File.OpenRead(path));
            return reader.PEHeaders.CorHeader?.EntryPointTokenOrRelativeVirtualAddress > 0;
        }
        catch (Exception error) when (error is BadImageFormatException or FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The version of .NET that a <c>runtimeconfig.json</c> asks for: 10.</summary>
    public static int MajorOf(string configuration)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(configuration));
            var framework = json.RootElement.GetProperty("runtimeOptions").GetProperty("tfm").GetString()!;
            return int.TryParse(framework.AsSpan("net".Length).ToString().Split('.')[0], out var major) ? major : Oldest;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Oldest;
        }
    }
}
