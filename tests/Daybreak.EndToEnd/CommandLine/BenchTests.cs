namespace Daybreak.EndToEnd.CommandLine;

public sealed class BenchTests
{
    private const string Dotnet = "dotnet (the .NET 10 SDK: https://dotnet.microsoft.com/download)";
    private const string Wrk = "wrk (Debian: apt install wrk)";

    [Theory]
    [InlineData("authorization", Dotnet)]
    [InlineData("invoke", Dotnet + ", " + Wrk)]
    [InlineData("local", Dotnet + ", " + Wrk)]
    [InlineData("memory", Dotnet)]
    [InlineData("rds", "")] // of boto3 it says so first
    public async Task Measurement_names_the_programs_that_the_machine_lacks(string bench, string missing)
    {
        var directory = Directory.CreateTempSubdirectory("bench").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(directory, "python3"), "/usr/bin/python3");

            var run = await Program.RunAsync(
                new Program.Start(Path.Combine(Checkout.Root, "bench", bench, "run"))
                {
                    Environment = new Dictionary<string, string> { ["PATH"] = directory },
                }
            );

            Assert.Equal((1, ""), (run.ExitCode, run.Output));
            Assert.StartsWith($"bench/{bench}: missing: {missing}", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Traceback", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Measurement_of_cancels_names_the_programs_that_the_given_directory_lacks()
    {
        var run = await Program.RunAsync(
            new Program.Start(Path.Combine(Checkout.Root, "bench/cancel/run")) { Arguments = ["/nonexistent"] }
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            "bench/cancel: missing: initdb, pg_ctl, psql in /nonexistent (eng/pgsql-tree makes such a directory, and prints its name)\n",
            run.Error
        );
    }
}
