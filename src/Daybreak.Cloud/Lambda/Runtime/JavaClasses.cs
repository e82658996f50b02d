using System.Globalization;
using System.IO.Hashing;
using System.Reflection;
using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>
/// The bootstrap for Java functions. Only its source comes with the local AWS: Java's own compiler compiles it at its first use, for all
/// local AWSs of this user (docs/decisions/0034-java-functions.md).
/// </summary>
internal static class JavaClasses
{
    private const string Prefix = "Java.";
    private const string OldestVersion = "17";

    /// <summary>The options of Java and the class to run, as AWS has them.</summary>
    public static string[] Options(FunctionVersion function, string classes) =>
        [
            string.Create(CultureInfo.InvariantCulture, $"-XX:MaxHeapSize={function.MemorySizeMegabytes * 1024L * 85 / 100}k"),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Djava.net.preferIPv4Stack=true",
            "-classpath",
            classes,
            "daybreak.lambda.Bootstrap",
        ];

    /// <returns>The directory of the classes, below <paramref name="directory"/>.</returns>
    /// <exception cref="InvalidOperationException">The compiler is missing, or does not work.</exception>
    public static async Task<string> CompileAsync(string directory, TimeProvider time)
    {
        var sources = Sources();
        var hash = new XxHash3();
        foreach (var (name, text) in sources)
        {
            hash.Append(Encoding.UTF8.GetBytes(name));
            hash.Append(text);
        }
        var classes = Path.Combine(directory, "java-" + Convert.ToHexStringLower(hash.GetCurrentHash()));
        if (Directory.Exists(classes))
            return classes;

        var compiler = InstalledProgram.JavaCompiler() ?? throw new InvalidOperationException("Java functions need the program javac.");
        Directory.CreateDirectory(directory, RuntimeFiles.Readable);
        var work = new DirectoryInfo(Path.Combine(directory, "new-" + Guid.NewGuid().ToString("N")));
        var target = Path.Combine(work.FullName, "classes");
        Directory.CreateDirectory(target, RuntimeFiles.Readable);
        try
        {
            foreach (var (name, text) in sources)
                await File.WriteAllBytesAsync(Path.Combine(work.FullName, name), text);
            await RunAsync(
                compiler,
                ["--release", OldestVersion, "-g", "-d", target, .. sources.Select(source => Path.Combine(work.FullName, source.Name))],
                time
            );
            foreach (var part in new DirectoryInfo(target).EnumerateDirectories("*", SearchOption.AllDirectories))
                part.UnixFileMode = RuntimeFiles.Readable;
            foreach (var file in new DirectoryInfo(target).EnumerateFiles("*", SearchOption.AllDirectories))
                file.UnixFileMode = RuntimeFiles.Readable;
            try
            {
                Directory.Move(target, classes);
            }
            catch (IOException) when (Directory.Exists(classes))
            {
                // Another local AWS was faster.
            }
            return classes;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(string compiler, IReadOnlyList<string> arguments, TimeProvider time)
    {
        var output = new MemoryStream();
        await using var child = await ChildProcess.StartAsync(
            new ChildStart
            {
                Program = compiler,
                Arguments = [.. arguments],
                StandardOutput = chunk => output.Write(chunk),
                ErrorIntoOutput = true,
            },
            time
        );
        if (!(await child.Exited).Succeeded)
            throw new InvalidOperationException($"{compiler} failed: {Encoding.UTF8.GetString(output.ToArray())}");
    }

    private static (string Name, byte[] Text)[] Sources()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    var text = new byte[stream.Length];
                    stream.ReadExactly(text);
                    return (name[Prefix.Length..], text);
                }),
        ];
    }
}
