using System.Diagnostics;

namespace Daybreak.Cloud.Tests.State;

/// <summary>A file system in memory that can be full or read-only. Only root can mount one; other users' tests are skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <param name="size">As mount(8) takes it: <c>8m</c>.</param>
    public static async Task<SmallDisk> MountAsync(string size)
    {
        var path = Directory.CreateTempSubdirectory("daybreak-disk-").FullName;
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        if (!Environment.IsPrivilegedProcess || !await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size},mode=755", "tmpfs", path))
        {
            Directory.Delete(path);
            Assert.Skip("needs a small file system, which only root can mount");
        }
        return new SmallDisk(path);
    }

    public async Task RemountAsync(string options) => Assert.True(await RunAsync("mount", "-o", $"remount,{options}", Path));

    /// <summary>Writes a file until there is no room.</summary>
    /// <returns>The file; deleting it makes room.</returns>
    public string Fill()
    {
        var file = System.IO.Path.Combine(Path, "filling");
        using var stream = new FileStream(
            file,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = 0,
            }
        );
        var block = new byte[4096];
        try
        {
            while (true)
                stream.Write(block);
        }
        catch (IOException)
        {
            return file;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Path);
        Directory.Delete(Path, recursive: true);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
