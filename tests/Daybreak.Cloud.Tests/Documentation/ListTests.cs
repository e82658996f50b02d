using System.Text.RegularExpressions;
using static Daybreak.Cloud.Tests.Documentation.Repository;

namespace Daybreak.Cloud.Tests.Documentation;

/// <summary>The lists in the documentation match the code exactly.</summary>
public sealed class ListTests
{
    private const string Option = "(--[a-z][a-z-]+)";
    private const string CommandLine = "docs/cli.md";

    [Fact]
    public void Every_command_has_a_row() =>
        Assert.Equal(
            Found(Read("src/Daybreak.Cli/Program.cs"), @"new (\w+)Command\(\)")
                .Select(name => name.ToLowerInvariant())
                .Order(StringComparer.Ordinal),
            Found(Read(CommandLine), @"(?m)^\| `([a-z]+)[ `]")
        );

    [Fact]
    public void The_page_on_the_command_line_has_every_option_and_no_other()
    {
        const string Internal = "--detached"; // of the process that up -d starts
        var known = InSources("src/Daybreak.Cli", $"(?:new|base)\\(\\s*\"{Option}\"");
        string[] notOurs = ["--endpoint-url", "--help"];
        Assert.Equal(known.Except([Internal]), Found(Read(CommandLine), $"(?<![a-z]){Option}").Except(notOurs));
    }

    [Fact]
    public void Every_exit_code_has_a_row() =>
        Assert.Equal(
            Found(Read("src/Daybreak.Cli/LocalAws/ExitCode.cs"), @" = (\d+),"),
            Found(Section(CommandLine, "## Exit codes"), @"(?m)^\| (\d+) \|")
        );

    [Fact]
    public void Every_setting_of_the_extension_has_a_row() =>
        Assert.Equal(
            Found(Read("extension/aws_lambda/src/module.c"), "\\] = \"(aws_lambda\\.[a-z_]+)\""),
            Found(Section("docs/extension.md", "## Settings"), @"(?m)^\| `(aws_lambda\.[a-z_]+)` \|")
        );

    [Fact]
    public void The_security_model_says_what_every_setting_exposes() =>
        Assert.Equal(
            Found(Read("extension/aws_lambda/src/module.c"), "\\] = \"(aws_lambda\\.[a-z_]+)\""),
            Found(Section("docs/security.md", "## What each setting exposes"), @"`(aws_lambda\.[a-z_]+)`")
        );

    /// <summary>C and C# give one name to one SQLSTATE, and C# names it in one place.</summary>
    [Fact]
    public void SQLSTATEs_have_one_name_in_both_languages()
    {
        static Dictionary<string, string> Named(string text, string pattern) =>
            Regex.Matches(text, pattern).ToDictionary(static one => one.Groups[2].Value, static one => one.Groups[1].Value);
        var shim = Named(
            Read("extension/aws_lambda/src/errors.h").Replace("', '", ""),
            @"ERRCODE_LM_(\w+) MAKE_SQLSTATE\('(LM[0-9]{3})'\)"
        );
        var bridge = Named(Read("src/Daybreak.Bridge/Frames/SqlStates.cs"), "const string (\\w+) = \"(LM[0-9]{3})\"");
        Assert.NotEmpty(shim.Keys.Intersect(bridge.Keys));
        Assert.All(
            shim.Keys.Intersect(bridge.Keys),
            code => Assert.Equal(shim[code].Replace("_", ""), bridge[code], StringComparer.OrdinalIgnoreCase)
        );
        Assert.Equal(
            ["src/Daybreak.Bridge/Frames/SqlStates.cs"],
            Files("src/Daybreak.Bridge", "*.cs").Where(static file => Regex.IsMatch(Read(file), "\"LM[0-9]{3}\""))
        );
    }

    [Fact]
    public void Every_SQLSTATE_has_a_row() =>
        Assert.Equal(
            Found(Read("src/Daybreak.Bridge/Frames/SqlStates.cs"), "\"(LM[0-9]{3})\"")
                .Union(Found(Read("extension/aws_lambda/src/errors.h").Replace("', '", ""), "MAKE_SQLSTATE\\('(LM[0-9]{3})'\\)"))
                .Order(StringComparer.Ordinal),
            Found(Read("docs/errors.md"), @"(?m)^\| (LM[0-9]{3}) \|")
        );

    [Fact]
    public void The_page_of_trouble_has_the_same_rows() =>
        Assert.Equal(Found(Read("docs/errors.md"), @"(?m)^\| (LM[0-9]{3}) \|"), Found(Read("docs/trouble.md"), @"(?m)^\| (LM[0-9]{3}) \|"));

    [Fact]
    public void Every_path_of_ours_is_on_the_page_of_the_front_door() =>
        Assert.Equal(
            InSources("src/Daybreak.Cloud", "\"(?:[A-Z]+ )?(/_daybreak/[a-z/]+)\""),
            Found(Section("docs/front-door.md", "## Ours"), @"(/_daybreak/[a-z/]+)")
        );

    [Fact]
    public void Every_request_of_the_test_interface_has_a_row()
    {
        const string Page = "docs/test-interface.md";
        Assert.Equal(
            Found(Read("src/Daybreak.Cloud/Lambda/Testing/TestRoutes.cs"), "new\\(\"([A-Z]+ /_daybreak/[a-z]+)\"")
                .Append("POST /_daybreak/reset")
                .Order(StringComparer.Ordinal),
            Found(Section(Page, "# The test interface"), @"(?m)^\| `([A-Z]+ /_daybreak/[a-z]+)` \|")
        );
        foreach (var kind in Daybreak.Cloud.Lambda.Testing.ArmedFault.Kinds)
            Assert.Contains($"`{kind}`", Section(Page, "## Faults"), StringComparison.Ordinal);
        // What a request may say, and what a list shows.
        var routes = Read("src/Daybreak.Cloud/Lambda/Testing/TestRoutes.cs");
        foreach (
            var name in Found(routes, "name is not \\((.*?)\\)")
                .Concat(Found(routes, "Unknown\\(body, (.*?)\\)"))
                .SelectMany(static names => Found(names, "\"([a-zA-Z]+)\""))
        )
            Assert.Contains($"`{name}`", Read(Page), StringComparison.Ordinal);
        foreach (var name in Found(Read("src/Daybreak.Cloud/Lambda/Testing/RecordedInvocation.cs"), "(?:json, |\\w\\()\"([a-zA-Z]+)\""))
            Assert.Contains($"`{name}`", Section(Page, "## Invocations"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_environment_variable_of_ours_is_on_a_page() =>
        Assert.Equal(
            InSources("src", "\"(DAYBREAK_[A-Z_]+)\"").Union(["DAYBREAK_BUILD", "DAYBREAK_ROOT"]).Order(StringComparer.Ordinal), // two of the tests
            Found(string.Concat(Pages.Select(Read)), "(DAYBREAK_[A-Z_]+)")
        );

    [Fact]
    public void Every_parameter_of_Lambda_that_is_refused_is_on_its_page()
    {
        var page = Read("docs/lambda.md");
        Assert.Empty(
            InSources("src/Daybreak.Cloud/Lambda", @"\[NotImplemented\]\s+public \S+ (\w+) ")
                .Where(name => !page.Contains(name, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Every_stage_of_an_explanation_has_a_row() =>
        Assert.Equal(
            new[] { "src/Daybreak.Cloud/Explain", "src/Daybreak.Bridge/Explain" }
                .SelectMany(directory =>
                    InSources(
                        directory,
                        "(?:Stage\\.\\w+\\(\\s*|const string (?:Name|AliasName|VersionName|Credentials|IamRole) = )\"([a-zA-Z]+)\""
                    )
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
            Found(string.Concat(Found(Read("docs/explain.md"), @"(?m)^\| ([`a-zA-Z, ]+) \|")), "`([a-zA-Z]+)`")
        );

    [Fact]
    public void Every_measurement_has_a_row()
    {
        string[] parts = ["harness", "StubEndpoint"];
        Assert.Equal(
            Directories("bench")
                .Except(parts)
                .Where(name => !name.StartsWith('_') && name is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal),
            Found(Read("docs/performance.md"), @"(?m)^\| `[^`]*bench/([a-z0-9]+)")
        );
    }
}
