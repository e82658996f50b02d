namespace Daybreak.EndToEnd.CommandLine;

public sealed class EnvTests
{
    [Fact]
    public async Task Env_prints_exports_and_nothing_else()
    {
        var run = await Launcher.RunAsync("env", "--port", "4577");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            export AWS_ENDPOINT_URL=http://127.0.0.1:4577
            export AWS_REGION=us-east-1
            export AWS_DEFAULT_REGION=us-east-1
            export AWS_ACCESS_KEY_ID=test
            export AWS_SECRET_ACCESS_KEY=test

            """,
            run.Output
        );
    }

    [Fact]
    public async Task Launcher_works_through_links_from_any_directory()
    {
        var directory = Directory.CreateTempSubdirectory("links").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(directory, "first"), Launcher.File);
            File.CreateSymbolicLink(Path.Combine(directory, "second"), "first");

            var run = await Program.RunAsync(
                new Program.Start(Path.Combine(directory, "second")) { Arguments = ["env"], Directory = directory }
            );

            Assert.StartsWith("export AWS_ENDPOINT_URL=http://127.0.0.1:4566\n", run.Expect(0).Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("env", "--port", "0")]
    [InlineData("env", "--port", "http")]
    [InlineData("env", "--shell", "tcsh")]
    public async Task Wrong_use_is_exit_code_2_with_the_way_to_help_on_stderr(params string[] arguments)
    {
        var run = await Launcher.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }
}
