using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Code;

/// <summary>Deployment packages, sound and hostile.</summary>
[Trait("Pace", "slow")]
public sealed class CodeTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string BadZip = "Could not unzip uploaded file. Please check your file, then try to upload again.";
    private const int Plain = 0x81A4 << 16;

    [Fact]
    public async Task Files_keep_their_place_and_what_their_mode_allows_everybody()
    {
        var code = await DeployedAsync(
            Zip.Of(
                ("bootstrap", "#!/bin/sh", 0x81ED << 16),
                ("a/b/data.txt", "x", Plain),
                ("private", "y", 0x8180 << 16),
                ("group", "y", 0x81E8 << 16),
                ("windows", "z", 0),
                ("dos", "z", 0x20),
                ("empty/", "", 0x41ED << 16),
                ("closed/", "", 0x41C0 << 16),
                ("closed/file", "x", Plain)
            )
        );
        Assert.Equal(
            [
                "rwxr-xr-x a",
                "rwxr-xr-x a/b",
                "rw-r--r-- a/b/data.txt",
                "rwxr-xr-x bootstrap",
                "rwx------ closed",
                "rw-r--r-- closed/file",
                "rw-r--r-- dos",
                "rwxr-xr-x empty",
                "-w------- group",
                "-w------- private",
                "rw-r--r-- windows",
            ],
            Directory
                .EnumerateFileSystemEntries(code, "*", SearchOption.AllDirectories)
                .OrderBy(path => path, StringComparer.Ordinal)
                .Select(path => $"{Letters(File.GetUnixFileMode(path))} {Path.GetRelativePath(code, path)}")
        );

        static string Letters(UnixFileMode mode) =>
            string.Concat(Enumerable.Range(0, 9).Select(bit => ((int)mode & (256 >> bit)) != 0 ? "rwxrwxrwx"[bit] : '-'));
    }

    [Fact]
    public async Task The_same_package_is_unpacked_once()
    {
        var zip = Zip.Of("same.py", Guid.NewGuid().ToString());
        Assert.Equal(await DeployedAsync(zip), await DeployedAsync(zip));
    }

    [Fact]
    public async Task A_link_inside_of_the_package_is_kept()
    {
        var code = await DeployedAsync(Zip.Of(("lib/real.py", "1", Plain), ("link.py", "lib/real.py", Zip.Symlink)));
        Assert.Equal("lib/real.py", new FileInfo(Path.Combine(code, "link.py")).LinkTarget);
    }

    public static TheoryData<string, string, int> WaysOut =>
        new()
        {
            { "../out", "x", Plain },
            { "a/../../out", "x", Plain },
            { "/etc/out", "x", Plain },
            { "a\\..\\..\\out", "x", Plain },
            { "..", "x", Plain },
            { "link", "/etc/passwd", Zip.Symlink },
            { "link", "../../state.db", Zip.Symlink },
            { "a/link", "../../code", Zip.Symlink },
            { "link", "", Zip.Symlink },
        };

    [Theory]
    [MemberData(nameof(WaysOut))]
    public async Task Nothing_leads_out_of_the_package(string name, string content, int attributes)
    {
        var answer = await CreateAsync(Zip.Of(("good.py", "x", Plain), (name, content, attributes)));
        Assert.Equal((HttpStatusCode.BadRequest, BadZip), (answer.Status, answer.Message));
    }

    // Each as links, `from -> to`. What a link names is looked up as the kernel does: other links count on the way.
    [Theory]
    [InlineData("p/q/r -> ../..", "out -> p/q/r/../etc")]
    [InlineData("p/q/r -> ../../", "s -> p/q/r", "out -> s/../etc")]
    [InlineData("a/b/c/up -> ../../..", "d/e/f -> ../../a/b/c/up/..")]
    [InlineData("here -> .", "out -> here/here/..")]
    [InlineData("z -> y", "y -> x", "x -> w/..", "w -> .")]
    [InlineData("out -> file/../..")]
    [InlineData("out -> missing/../..")]
    [InlineData("out -> ./../x")]
    [InlineData("out -> lib/../../../package/lib")]
    [InlineData("out -> lib//..//..")]
    [InlineData("in -> lib", "out -> //etc/passwd")]
    [InlineData("twice -> missing", "twice -> missing")]
    public async Task No_link_leads_out_of_the_package_by_way_of_another(params string[] links)
    {
        var answer = await CreateAsync(Zip.Of([("file", "x", Plain), ("lib/real.py", "1", Plain), .. links.Select(LinkOf)]));
        Assert.Equal((HttpStatusCode.BadRequest, BadZip), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData("p/q/r -> ../..", "in -> p/q/r/lib")]
    [InlineData("a/up -> ..", "in -> a/up/a/up/lib/real.py")]
    [InlineData("OUT -> LIB/..", "LIB -> a/b")] // `lib` is another name
    [InlineData("dead -> missing/below")]
    [InlineData("one -> two", "two -> one")]
    [InlineData("self -> self/..")]
    public async Task Links_that_stay_inside_are_kept_by_whatever_way(params string[] links)
    {
        var code = await DeployedAsync(
            Zip.Of([("lib/real.py", Guid.NewGuid().ToString(), Plain), ("a/b/c", "x", Plain), .. links.Select(LinkOf)])
        );
        foreach (var (name, target, _) in links.Select(LinkOf))
            Assert.Equal(target, new FileInfo(Path.Combine(code, name)).LinkTarget);
    }

    [Fact]
    public async Task Links_that_would_be_followed_for_minutes_are_refused()
    {
        var around = string.Concat(Enumerable.Repeat("d/", 2000));
        var links = Enumerable.Range(0, 1000).Select(number => ($"l{number}", $"l{number + 1}/{around}", Zip.Symlink));
        var answer = await CreateAsync(Zip.Of([.. links]));
        Assert.Equal((HttpStatusCode.BadRequest, BadZip), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task No_file_is_written_through_a_link()
    {
        var answer = await CreateAsync(Zip.Of(("link", "target", Zip.Symlink), ("link/file", "x", Plain)));
        Assert.Equal(BadZip, answer.Message);
        answer = await CreateAsync(Zip.Of(("link", "target", Zip.Symlink), ("link", "x", Plain)));
        Assert.Equal(BadZip, answer.Message);
        answer = await CreateAsync(Zip.Of(("file", "x", Plain), ("file/below", "x", Plain)));
        Assert.Equal(BadZip, answer.Message);
    }

    [Fact]
    public async Task A_bomb_is_stopped_by_what_it_declares_and_by_what_comes_out()
    {
        var bomb = Bomb(262_144_001);
        Assert.Equal("Unzipped size must be smaller than 262144000 bytes", (await CreateAsync(bomb)).Message);

        // The same with a wrong size: the reader trusts the data, not the header.
        var size = BitConverter.GetBytes(262_144_001);
        for (var at = bomb.AsSpan().IndexOf(size); at >= 0; at = bomb.AsSpan().IndexOf(size))
            BitConverter.GetBytes(1000).CopyTo(bomb, at);
        var answer = await CreateAsync(bomb);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(answer.Message, new[] { BadZip, "Unzipped size must be smaller than 262144000 bytes" });
    }

    [Fact]
    public async Task Cut_and_empty_packages_are_refused_and_leave_nothing()
    {
        var code = Path.Combine(cloud.Host.StatePath, "code");
        await DeployedAsync(LambdaCloud.Code);
        var before = Directory.GetFileSystemEntries(code).Length;
        var zip = LambdaCloud.Code;
        for (var length = 1; length < zip.Length; length += 7)
            Assert.Equal(BadZip, (await CreateAsync(zip[..length])).Message);
        Assert.Equal("Uploaded file must be a non-empty zip", (await CreateAsync(Zip.Of())).Message);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(code), path => Path.GetFileName(path).StartsWith('.'));
        Assert.Equal(before, Directory.GetFileSystemEntries(code).Length);
    }

    [Fact]
    public async Task Packages_over_50_MB_and_requests_over_70_MB_are_too_large()
    {
        var answer = await CreateAsync(new byte[52_428_801]);
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "Zipped size must be smaller than 52428800 bytes"),
            (answer.Status, answer.Message)
        );
        answer = await cloud.SendAsync(HttpMethod.Post, LambdaCloud.Functions, new string(' ', 70_167_212));
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "Request must be smaller than 70167211 bytes for the CreateFunction operation"),
            (answer.Status, answer.Message)
        );
        Assert.Equal("RequestEntityTooLargeException", answer.Error);
    }

    [Fact]
    public async Task A_location_works_only_as_it_was_given()
    {
        var name = await cloud.CreateAsync();
        var location = new Uri(
            (string)(await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/{name}")).Json["Code"]!["Location"]!
        );
        using var stranger = new HttpClient();
        Assert.Equal(LambdaCloud.Code, await stranger.GetByteArrayAsync(location, TestContext.Current.CancellationToken));
        foreach (
            var (from, to) in new[]
            {
                ("expires=1", "expires=2"),
                ("signature=", "signature=0"),
                ("sha256=", "sha256=x"),
                ("expires=", "expires=x"),
            }
        )
        {
            using var answer = await stranger.GetAsync(
                new Uri(location.ToString().Replace(from, to, StringComparison.Ordinal)),
                TestContext.Current.CancellationToken
            );
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private static (string Name, string Content, int Attributes) LinkOf(string link) =>
        link.Split(" -> ") is [var name, var target] ? (name, target, Zip.Symlink) : throw new ArgumentException(link, nameof(link));

    private static byte[] Bomb(int size)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        using (var stream = zip.CreateEntry("zeros", CompressionLevel.Fastest).Open())
        {
            var zeros = new byte[1 << 20];
            for (var left = size; left > 0; left -= zeros.Length)
                stream.Write(zeros, 0, Math.Min(left, zeros.Length));
        }
        return buffer.ToArray();
    }

    private async Task<LambdaCloud.Answer> CreateAsync(byte[] zip) =>
        await cloud.SendAsync(
            HttpMethod.Post,
            LambdaCloud.Functions,
            LambdaCloud.CreateRequest(
                LambdaCloud.NewName(),
                request => request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) }
            )
        );

    private async Task<string> DeployedAsync(byte[] zip)
    {
        var name = await cloud.CreateAsync(change: request =>
            request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) }
        );
        await cloud.InvokeAsync(name, "{}");
        return cloud.Runtime.Calls.Single(call => call.Function.FunctionName == name).Function.CodeDirectory;
    }
}
