using System.Diagnostics;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>The Java functions of tests, compiled once by the compiler of this machine.</summary>
public sealed class JavaHandlers : IAsyncLifetime
{
    private readonly DirectoryInfo _classes = System.IO.Directory.CreateTempSubdirectory("daybreak-java-");

    public string Directory => _classes.FullName;

    public async ValueTask InitializeAsync()
    {
        var sources = Path.Combine(Checkout.Root, "tests/Daybreak.Cloud.Tests/Lambda/Runtime/Bootstraps/Java");
        using var compiler = Process.Start(
            InstalledProgram.JavaCompiler()!,
            ["--release", "17", "-d", Directory, .. System.IO.Directory.GetFiles(sources, "*.java")]
        );
        await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, compiler.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        _classes.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal FunctionVersion Function(FunctionHost host, string handler)
    {
        var function = host.Function("java17", handler) with { MemorySizeMegabytes = 256 };
        foreach (var file in _classes.EnumerateFiles("*.class", SearchOption.AllDirectories))
        {
            var target = Path.Combine(function.CodeDirectory, Path.GetRelativePath(Directory, file.FullName));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }
        return function;
    }
}
