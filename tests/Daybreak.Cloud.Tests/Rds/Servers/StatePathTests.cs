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
            await Boto.RunAsync(
                host.Endpoint,
                "rds/servers/quotes_backslashes_and_blanks_in_the_path_of_the_state_keep_no_server_from_starting_or_following.py"
            );
        }
        finally
        {
            Directory.Delete(above, recursive: true);
        }
    }
}
