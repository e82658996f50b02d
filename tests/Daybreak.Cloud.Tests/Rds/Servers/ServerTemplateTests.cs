using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Tests.Rds.Servers;

[Trait("Pace", "slow")]
public sealed class ServerTemplateTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-").FullName;

    public ServerTemplateTests() => File.SetUnixFileMode(_directory, (UnixFileMode)0b111_001_001);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_template_is_used_again_and_one_that_was_made_otherwise_is_not()
    {
        var installation = PostgresInstallation.OfSystem()[0];
        var made = await ServerTemplate.PrepareAsync(installation, _directory);
        var template = Path.GetDirectoryName(made.DataDirectory)!;
        var version = await installation.VersionAsync();
        Assert.StartsWith($"{version.Text}-", Path.GetFileName(template), StringComparison.Ordinal);
        var mark = Path.Combine(template, "mark");
        await File.WriteAllTextAsync(mark, "", TestContext.Current.CancellationToken);

        Assert.Equal(made.DataDirectory, (await ServerTemplate.PrepareAsync(installation, _directory)).DataDirectory);
        Assert.True(File.Exists(mark));

        Directory.Move(template, Path.Combine(_directory, $"{version.Text}-0123456789abcdef")); // as another release would have made it
        Assert.Equal(made.DataDirectory, (await ServerTemplate.PrepareAsync(installation, _directory)).DataDirectory);
        Assert.Equal([template], Directory.EnumerateDirectories(_directory));
        Assert.False(File.Exists(mark));
    }
}
