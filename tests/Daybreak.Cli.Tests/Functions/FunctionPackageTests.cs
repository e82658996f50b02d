using System.Diagnostics;
using System.IO.Compression;
using System.Net.Sockets;
using Daybreak.Cli.Functions;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Tests.Functions;

public sealed class FunctionPackageTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Files_have_the_modes_that_a_function_needs_whatever_the_umask_was()
    {
        _directory.Write("app.py", "a", Private);
        _directory.Write("bin/tool", "b", Private | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "link"), "bin/tool");
        Directory.CreateSymbolicLink(Path.Combine(_directory.Path, "bin/up"), "../bin");

        using var zip = new ZipArchive(new MemoryStream(Pack().Zip));

        Assert.Equal(
            [("app.py", "100644"), ("bin/tool", "100755"), ("bin/up", "120777"), ("link", "120777")],
            zip.Entries.Select(static entry => (entry.FullName, Convert.ToString((entry.ExternalAttributes >> 16) & 0xFFFF, 8)))
        );
        using var link = new StreamReader(zip.GetEntry("link")!.Open());
        Assert.Equal("bin/tool", link.ReadToEnd());
    }

    [Fact]
    public void The_same_files_make_the_same_package_and_others_another()
    {
        var path = _directory.Write("app.py", "a");
        _directory.Write("b.py", "b");
        var before = Pack().Sha256;

        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddDays(-1));
        File.Delete(Path.Combine(_directory.Path, "b.py"));
        _directory.Write("b.py", "b");
        Assert.Equal(before, Pack().Sha256);

        File.SetUnixFileMode(path, Private | UnixFileMode.UserExecute);
        Assert.NotEqual(before, Pack().Sha256);
    }

    [Fact]
    public async Task What_is_no_file_of_the_function_is_left_out()
    {
        _directory.Write("app.py", "a");
        _directory.Write("empty.py", "");
        _directory.Write(".git/HEAD", "x");
        _directory.Write("python-of-mine/pyvenv.cfg", "x");
        _directory.Write("python-of-mine/bin/python", "x");
        _directory.Write("notes/plan.md", "x");
        _directory.Write(".lambdaignore", "notes/");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory.Path, "socket")));
        using var pipe = Process.Start("mkfifo", Path.Combine(_directory.Path, "pipe"));
        await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["app.py", "empty.py"], Names());
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../secret")]
    [InlineData("sub/../../../secret")]
    public void A_link_that_leads_out_is_refused_by_name(string target)
    {
        _directory.Write("lib/app.py", "a");
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "lib", "link"), target);

        var refusal = Assert.Throws<CommandFailedException>(Names);

        Assert.StartsWith($"The link lib/link leads out of the directory, to {target}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_a_function_of_its_own()
    {
        var path = _directory.Write("price.of order.py", "a");
        var source = FunctionSource.At(path);

        Assert.Equal(("price-of-order", "price.of order.py"), (source.FunctionName, source.Files().Single().Name));
    }

    [Fact]
    public void An_archive_is_deployed_as_it_is()
    {
        var path = _directory.Write("function.zip", "these bytes");
        var source = FunctionSource.At(path);

        Assert.Equal("these bytes"u8, FunctionPackage.Of(source, source.Files()).Zip);
    }

    private IEnumerable<string> Names() => FunctionSource.At(_directory.Path).Files().Select(static file => file.Name);

    private FunctionPackage Pack()
    {
        var source = FunctionSource.At(_directory.Path);
        return FunctionPackage.Of(source, source.Files());
    }
}
