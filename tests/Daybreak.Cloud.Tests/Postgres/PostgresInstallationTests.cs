using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Tests.Postgres;

/// <summary>Finds the servers in a private installation tree.</summary>
public sealed class PostgresInstallationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-tree-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_tree_offers_every_major_it_holds_newest_first()
    {
        foreach (var major in new[] { "15", "18", "13" })
            Make(major, "postgres", "initdb");
        Make("17", "psql"); // only a client

        Assert.Equal(
            ["18", "15", "13"],
            PostgresInstallation.AllInTree(_directory).Select(found => Path.GetFileName(Path.GetDirectoryName(found.BinDirectory)))
        );
        Assert.EndsWith("/18/bin", PostgresInstallation.InTree(_directory).BinDirectory, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_without_a_server_is_named()
    {
        Make("17", "psql");
        Assert.Equal(
            $"There is no PostgreSQL in {_directory}.",
            Assert.Throws<PostgresServerException>(() => PostgresInstallation.AllInTree(_directory)).Message
        );
    }

    private void Make(string major, params string[] programs)
    {
        var bin = Directory.CreateDirectory(Path.Combine(_directory, "usr/lib/postgresql", major, "bin")).FullName;
        foreach (var program in programs)
            File.WriteAllText(Path.Combine(bin, program), "");
    }
}
