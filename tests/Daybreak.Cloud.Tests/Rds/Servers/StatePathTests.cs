using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Servers;

/// <summary>The path of the state stands in the files and connection strings of servers, whatever is in it.</summary>
[Trait("Pace", "slow")]
public sealed class StatePathTests
{
    [Fact]
    public async Task Quotes_backslashes_and_blanks_in_the_path_of_the_state_keep_no_server_from_starting_or_following()
    {
        var above = Directory.CreateTempSubdirectory("daybreak-path-").FullName;
        try
        {
            File.SetUnixFileMode(above, (UnixFileMode)0b111_101_101);
            await using var host = await CloudHost.StartAsync(
                new CloudOptions { Port = 0, StateDirectory = Path.Combine(above, @"it's \n a ""state"" \") },
                cancellation: TestContext.Current.CancellationToken
            );
            var lines = await ClusterPrograms.RunAsync(
                host.Endpoint,
                """
                cluster('odd')
                for name in ('odd-1', 'odd-2'):
                    instance('odd', name)
                print(psql(describe('odd')['Endpoint'], "CREATE TABLE notes AS SELECT 'kept' AS note"))
                began = time.monotonic()
                while (shown := psql(describe('odd')['ReaderEndpoint'], 'SELECT note, pg_is_in_recovery() FROM notes')) != 'kept|t' and time.monotonic() < began + 30:
                    pass
                print(shown)
                """
            );

            Assert.Equal(["SELECT 1", "kept|t"], lines);
        }
        finally
        {
            Directory.Delete(above, recursive: true);
        }
    }
}
