using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Code;

/// <summary>Follows a package from CreateFunction to the call of its function.</summary>
public sealed class PackageTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    private const int Plain = 0x81A4 << 16,
        Executable = 0x81ED << 16;

    [Theory]
    [InlineData("#!/bin/sh\r\nexit 0\r\n", Executable, "no such file or directory")]
    [InlineData("#!/missing/interpreter", Executable, "no such file or directory")]
    [InlineData("#! \t/usr/bin/missing -x\n", Executable, "no such file or directory")]
    [InlineData("#!/var/task/missing\n", Executable, "no such file or directory")]
    [InlineData("#!/opt/bin/interpreter\n", Executable, "no such file or directory")]
    [InlineData("#!/usr\n", Executable, "permission denied")]
    [InlineData("#!data\n", Executable, "permission denied")]
    [InlineData("#!/bin/sh\n", Plain, "permission denied")]
    [InlineData("#!/bin/sh\n", 0, "permission denied")]
    [InlineData("#!/bin/sh\n", 0x81E8 << 16, "permission denied")]
    [InlineData("echo without an interpreter\n", Executable, "exec format error")]
    [InlineData("#!\n", Executable, "exec format error")]
    [InlineData("", Executable, "exec format error")]
    [InlineData("\u007fELF of nothing", Executable, "exec format error")]
    public async Task Bootstrap_that_cannot_be_executed_is_an_invalid_entrypoint(string bootstrap, int attributes, string reason)
    {
        var name = await CreateAsync("provided.al2023", Zip.Of(("bootstrap", bootstrap, attributes), ("data", "x", Plain)));

        var answer = await cloud.InvokeAsync(name, "{}", ("X-Amz-Log-Type", "Tail"));

        var id = answer.Headers["x-amzn-RequestId"];
        Assert.Equal("Unhandled", answer.Headers["X-Amz-Function-Error"]);
        Assert.Equal(
            $$"""{"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: {{id}} Error: fork/exec /var/task/bootstrap: {{reason}}"}""",
            answer.Text
        );
        var log = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(answer.Headers["X-Amz-Log-Result"]));
        Assert.Contains(
            $"RequestId: {id} Error: fork/exec /var/task/bootstrap: {reason}\nRuntime.InvalidEntrypoint\n",
            log,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("#!/bin/sh -e\nexit 3\n")]
    [InlineData("#! /usr/bin/env sh\nexit 3\n")]
    [InlineData("#!other\n")]
    [InlineData("#!/bin/sh")]
    public async Task Bootstrap_that_can_be_executed_runs(string bootstrap)
    {
        var name = await CreateAsync(
            "provided.al2023",
            Zip.Of(("bootstrap", bootstrap, Executable), ("other", "#!/bin/sh\nexit 3\n", Executable))
        );

        var answer = await cloud.InvokeAsync(name, "{}");

        Assert.Contains("\"errorType\":\"Runtime.ExitError\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_reads_the_files_that_everybody_may_read()
    {
        if (cloud.Isolation.StartsWith("process group", StringComparison.Ordinal) && Environment.IsPrivilegedProcess)
            Assert.Skip("root reads everything where there is no sandbox");
        var name = await CreateAsync(
            "python3.12",
            Zip.Of(
                (
                    "f.py",
                    "import os\ndef handler(event, context): return [n for n in sorted(os.listdir('.')) if os.access(n, os.R_OK)]",
                    Plain
                ),
                ("group", "x", 0x81B0 << 16),
                ("owner", "x", 0x8180 << 16),
                ("closed/", "", 0x41C0 << 16),
                ("all", "x", 0x8124 << 16),
                ("windows", "x", 0)
            )
        );

        var all = (await cloud.InvokeAsync(name, "{}")).Text;

        Assert.Equal(Environment.IsPrivilegedProcess ? """["all", "f.py", "windows"]""" : """["all", "closed", "f.py", "windows"]""", all);
    }

    [Fact]
    public async Task Handler_that_is_its_owners_alone_cannot_be_imported()
    {
        if (cloud.Isolation.StartsWith("process group", StringComparison.Ordinal) && Environment.IsPrivilegedProcess)
            Assert.Skip("root reads everything where there is no sandbox");
        var name = await CreateAsync("python3.12", Zip.Of("f.py", "def handler(event, context): return 1", 0x8180 << 16));

        var answer = await cloud.InvokeAsync(name, "{}");

        Assert.StartsWith("""{"errorMessage": "[Errno 13] Permission denied: '""", answer.Text, StringComparison.Ordinal);
        Assert.Contains("f.py'\", \"errorType\": \"PermissionError\"", answer.Text, StringComparison.Ordinal);
    }

    private Task<string> CreateAsync(string runtime, byte[] zip) =>
        cloud.CreateAsync(change: request =>
        {
            request["Runtime"] = runtime;
            request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) };
        });
}
