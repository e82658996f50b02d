using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Tests.Rds.Servers;

/// <summary>AWS's tables of extensions, a table an engine and major.</summary>
public sealed class OfferedExtensionTests
{
    [Theory]
    [InlineData("pg_walinspect", 15, false, true)]
    [InlineData("pageinspect", 13, false, true)]
    [InlineData("old_snapshot", 14, false, true)]
    [InlineData("pg_logicalinspect", 17, false, false)]
    [InlineData("pg_logicalinspect", 18, false, true)]
    [InlineData("roaringbitmap", 17, false, false)]
    [InlineData("roaringbitmap", 18, true, true)]
    [InlineData("collection", 14, false, false)]
    [InlineData("collection", 15, false, true)]
    [InlineData("plls", 17, true, true)]
    [InlineData("plls", 18, true, false)]
    [InlineData("vector", 13, true, true)]
    [InlineData("amcheck", 18, true, true)]
    [InlineData("aws_lambda", 13, true, true)]
    [InlineData("file_fdw", 15, false, false)]
    [InlineData("pglogical", 15, false, false)]
    public void An_engine_offers_what_its_table_for_the_major_has(string extension, int major, bool onAurora, bool onPostgres) =>
        Assert.Equal(
            (onAurora, onPostgres),
            (
                OfferedExtensions.Of(DatabaseEngine.AuroraPostgres, major).Contains(extension),
                OfferedExtensions.Of(DatabaseEngine.Postgres, major).Contains(extension)
            )
        );
}
