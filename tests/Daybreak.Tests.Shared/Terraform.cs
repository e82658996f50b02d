using System.Diagnostics;

namespace Daybreak.Tests.Shared;

/// <summary>
/// The real Terraform with its AWS provider, in a directory of one test. One process of the provider serves all commands of the test
/// (https://developer.hashicorp.com/terraform/plugin/debugging): by itself, Terraform starts one or two for each command, and a start
/// costs more processor time than the command.
/// </summary>
public sealed class Terraform(string directory, IReadOnlyDictionary<string, string> variables) : IAsyncDisposable
{
    private const string Address = "registry.terraform.io/hashicorp/aws";
    private const string ReattachVariable = "TF_REATTACH_PROVIDERS";

    private Process? _provider;
    private string? _reattach;

    /// <summary>Gets the provider and starts it; skips the test where this machine has no Terraform or no provider.</summary>
    public async Task InitializeAsync()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(static path => File.Exists(Path.Combine(path, "terraform"))))
            Assert.Skip("There is no terraform in the PATH.");
        var initialized = await StartAsync("init", "-no-color", "-input=false");
        if (initialized.ExitCode != 0)
            Assert.Skip($"terraform init finds no AWS provider: {initialized.Error}");
        await StartProviderAsync();
    }

    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string command, params string[] options) =>
        (await StartAsync(command, ["-no-color", .. options])).Expect(0).Output;

    public async ValueTask DisposeAsync()
    {
        if (_provider is null)
            return;
        _provider.Kill();
        await _provider.WaitForExitAsync(CancellationToken.None);
        _provider.Dispose();
    }

    /// <summary>The provider prints the variable by which Terraform finds it, and runs on until it is killed.</summary>
    private async Task StartProviderAsync()
    {
        var installed = new DirectoryInfo(Path.Combine(directory, ".terraform/providers", Address));
        // The directories of versions and platforms may be links to the mirror.
        var program = installed.EnumerateDirectories().Single().EnumerateDirectories().Single().EnumerateFiles("terraform-provider-aws*");
        var start = new ProcessStartInfo(program.Single().FullName, ["-debug"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory, // paths of a configuration are relative to it
        };
        // The provider reads the file again at each command, and fails the second time ("unable to add custom RootCAs"); its endpoints
        // are plain HTTP.
        start.Environment.Remove("AWS_CA_BUNDLE");
        _provider = Process.Start(start)!;
        _provider.ErrorDataReceived += static (_, _) => { };
        _provider.BeginErrorReadLine();
        while (await _provider.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Trim().Split('=', 2) is [ReattachVariable, var value])
            {
                _reattach = value.Trim('\'');
                _ = _provider.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        Assert.Fail($"The AWS provider ended without printing {ReattachVariable}.");
    }

    private Task<Program.Finished> StartAsync(string command, params string[] options)
    {
        var environment = variables.ToDictionary(static variable => $"TF_VAR_{variable.Key}", static variable => variable.Value);
        environment["TF_IN_AUTOMATION"] = "1";
        environment["CHECKPOINT_DISABLE"] = "1";
        if (Configuration() is { } configuration)
            environment["TF_CLI_CONFIG_FILE"] = configuration;
        if (_reattach is not null)
            environment[ReattachVariable] = _reattach;
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
            Directory.EnumerateDirectories("/opt").FirstOrDefault(static path => Directory.Exists(Path.Combine(path, Address)))
            is not { } mirror
        )
            return null;
        var file = Path.Combine(directory, "terraform.rc");
        File.WriteAllText(file, $$"""provider_installation { filesystem_mirror { path = "{{mirror}}" } }""");
        return file;
    }
}
