using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>Node.js functions find the AWS SDK as in AWS's image, or an error says how to add it.</summary>
public class NodePackageTests
{
    private const string Required = "const { own } = require('@aws-sdk/client-test'); exports.handler = async () => own;";
    private const string Imported = "import { own } from '@aws-sdk/client-test'; export const handler = async () => own;";
    private const string ImportedLater = "exports.handler = async () => (await import('@aws-sdk/client-test')).own;";

    [Theory]
    [InlineData(true, "nodejs18.x", "index.js", Required)]
    [InlineData(true, "nodejs22.x", "index.mjs", Imported)]
    [InlineData(true, "nodejs20.x", "index.js", ImportedLater)]
    [InlineData(true, "nodejs24.x", "index.mjs", Imported)]
    [InlineData(true, "nodejs24.x", "index.js", Required)]
    [InlineData(false, "nodejs20.x", "index.js", Required)]
    [InlineData(false, "nodejs20.x", "index.mjs", Imported)]
    public async Task Sdk_that_was_added_is_found_by_require_and_import(bool inSandbox, string runtime, string file, string source)
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        Add(host, 3, "@aws-sdk/client-test", "added");

        Assert.Equal("\"added\"", (await host.InvokeAsync(host.Function(runtime, "index.handler", file, source))).Payload);
    }

    [Theory]
    [InlineData("index.js", Required)]
    [InlineData("index.mjs", Imported)]
    public async Task Package_of_the_function_itself_comes_first(string file, string source)
    {
        await using var host = await FunctionHost.StartAsync();
        Add(host, 3, "@aws-sdk/client-test", "added");

        var function = host.Function(
            "nodejs20.x",
            "index.handler",
            file,
            source,
            "node_modules/@aws-sdk/client-test/index.js",
            "exports.own = 'own';"
        );

        Assert.Equal("\"own\"", (await host.InvokeAsync(function)).Payload);
    }

    [Fact]
    public async Task Runtimes_before_18_have_version_2_of_the_SDK_and_later_ones_version_3()
    {
        await using var host = await FunctionHost.StartAsync();
        Add(host, 2, "aws-sdk", "two");
        Add(host, 3, "@aws-sdk/client-test", "three");
        const string Both =
            "const own = (name) => { try { return require(name).own; } catch { return null; } };\nexports.handler = async () => "
            + "['aws-sdk', '@aws-sdk/client-test'].map(own);";

        Assert.Equal("""["two",null]""", (await host.InvokeAsync(host.Function("nodejs16.x", "index.handler", "index.js", Both))).Payload);
        Assert.Equal(
            """[null,"three"]""",
            (await host.InvokeAsync(host.Function("nodejs18.x", "index.handler", "index.js", Both))).Payload
        );
    }

    [Theory]
    [InlineData(true, "nodejs18.x", "index.js", Required, "three")]
    [InlineData(true, "nodejs22.x", "index.mjs", Imported, "three")]
    [InlineData(false, "nodejs20.x", "index.js", ImportedLater, "three")]
    [InlineData(true, "nodejs16.x", "index.js", "exports.handler = async () => require('aws-sdk').own;", "two")]
    public async Task Sdk_that_is_installed_for_the_whole_machine_is_found_and_no_other_package_of_it(
        bool inSandbox,
        string runtime,
        string file,
        string source,
        string own
    )
    {
        // A sandbox has no other directories of the machine than those of programs.
        Assert.SkipWhen(inSandbox && !Environment.IsPrivilegedProcess, "Only root installs for the whole machine.");
        var machine = Path.Combine(inSandbox ? "/usr/local/lib" : Path.GetTempPath(), $"daybreak-test-{Guid.NewGuid():N}");
        try
        {
            foreach (var (package, value) in new[] { ("@aws-sdk/client-test", "three"), ("aws-sdk", "two"), ("left-pad", "other") })
                Write(Path.Combine(machine, package), value);
            await using var host = await FunctionHost.StartAsync(change: options =>
                options with
                {
                    WithoutSandbox = !inSandbox,
                    MachineNodePackages = ["/nonexistent", machine],
                }
            );

            Assert.Equal($"\"{own}\"", (await host.InvokeAsync(host.Function(runtime, "index.handler", file, source))).Payload);
            var other = await host.InvokeAsync(host.Node("require('left-pad');"));
            Assert.Contains("Cannot find module 'left-pad'", other.Payload, StringComparison.Ordinal);

            // Packages that were added for functions take precedence.
            Add(host, 3, "@aws-sdk/client-test", "added");
            if (own == "three")
                Assert.Equal("\"added\"", (await host.InvokeAsync(host.Function(runtime, "index.handler", file, source))).Payload);
        }
        finally
        {
            Directory.Delete(machine, recursive: true);
        }
    }

    [Theory]
    [InlineData("nodejs20.x", "index.js", "require('@aws-sdk/client-nowhere/deep');", "@aws-sdk/client-nowhere")]
    [InlineData("nodejs22.x", "index.mjs", "import '@aws-sdk/client-nowhere';", "@aws-sdk/client-nowhere")]
    [InlineData("nodejs24.x", "index.js", "exports.handler = async () => import('@smithy/nowhere');", "@smithy/nowhere")]
    [InlineData("nodejs16.x", "index.js", "exports.handler = async () => { require('aws-sdk'); };", "aws-sdk@2")]
    public async Task Error_says_how_to_add_what_AWS_has_and_the_machine_has_not(string runtime, string file, string source, string package)
    {
        await using var host = await FunctionHost.StartAsync();

        using var payload = JsonDocument.Parse((await host.InvokeAsync(host.Function(runtime, "index.handler", file, source))).Payload);

        Assert.Contains(
            $"\nAWS's runtime has this package, this machine has not. Add it: ./daybreak runtimes add {package}",
            payload.RootElement.GetProperty("errorMessage").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("require('aws-sdk');")] // version 2 is not there since nodejs18.x, on AWS either
    [InlineData("require('left-pad');")]
    public async Task What_AWS_has_not_either_is_not_found_in_its_words(string source)
    {
        await using var host = await FunctionHost.StartAsync();

        using var payload = JsonDocument.Parse((await host.InvokeAsync(host.Node(source))).Payload);

        Assert.DoesNotContain(
            "daybreak",
            payload.RootElement.GetProperty("errorMessage").GetString()!.Replace(host.StateDirectory, "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    private static void Add(FunctionHost host, int sdkVersion, string package, string own) =>
        Write(Path.Combine(NodePackages.Prefix(Path.Combine(host.StateDirectory, "packages"), sdkVersion), "node_modules", package), own);

    private static void Write(string directory, string own)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "index.js"), $"exports.own = '{own}';");
    }
}
