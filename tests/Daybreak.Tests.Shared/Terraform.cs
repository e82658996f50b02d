namespace Daybreak.Tests.Shared;

/// <summary>The real Terraform with its AWS provider, in a directory of one test.</summary>
public sealed class Terraform(string directory, IReadOnlyDictionary<string, string> variables)
{
    private const string Provider = "registry.terraform.io/hashicorp/aws";

    /// <summary>Gets the provider; skips the test where this machine has no Terraform or no provider.</summary>
    public async Task InitializeAsync()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(static path => File.Exists(Path.Combine(path, "terraform"))))
            Assert.Skip("There is no terraform in the PATH.");
        var initialized = await StartAsync("init", "-no-color", "-input=false");
        if (initialized.ExitCode != 0)
            Assert.Skip($"terraform init finds no AWS provider: {initialized.Error}");
    }

    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string command, params string[] options) =>
        (await StartAsync(command, ["-no-color", .. options])).Expect(0).Output;

    private Task<Program.Finished> StartAsync(string command, params string[] options)
    {
        var environment = variables.ToDictionary(static variable => $"TF_VAR_{variable.Key}", static variable => variable.Value);
        environment["TF_IN_AUTOMATION"] = "1";
        environment["CHECKPOINT_DISABLE"] = "1";
        if (Configuration() is { } configuration)
            environment["TF_CLI_CONFIG_FILE"] = configuration;
        return Program.RunAsync(
            new Program.Start("terraform")
            {
                Arguments = [command, .. options],
                Directory = directory,
                Environment = environment,
            }
        );
    }

    /// <summary>
    /// Returns a configuration that names the mirror of providers below /opt, if there is one: Terraform looks there only when its
    /// configuration says so. A configuration that the machine has comes first.
    /// </summary>
    private string? Configuration()
    {
        if (File.Exists(Environment.GetEnvironmentVariable("TF_CLI_CONFIG_FILE")))
            return null;
        if (
            Directory.EnumerateDirectories("/opt").FirstOrDefault(static path => Directory.Exists(Path.Combine(path, Provider)))
            is not { } mirror
        )
            return null;
        var file = Path.Combine(directory, "terraform.rc");
        File.WriteAllText(file, $$"""provider_installation { filesystem_mirror { path = "{{mirror}}" } }""");
        return file;
    }
}
