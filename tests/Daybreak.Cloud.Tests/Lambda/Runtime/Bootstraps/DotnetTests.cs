using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>.NET functions: a class library, and a program with a loop of its own.</summary>
[Trait("Pace", "slow")]
public sealed class DotnetTests
{
    private const string Library = "Daybreak.Tests.Function";

    [Theory]
    [InlineData("Sell", """{"item":"tea","count":3}""", """{"Item":"tea","Total":4.5}""")]
    [InlineData("Reverse", "[1,2]", "]2,1[")]
    [InlineData("Nothing", "{}", "")]
    [InlineData("Loud", "\"hey\"", "\"hey!\"")]
    public async Task A_method_takes_and_returns_what_its_types_say(string method, string payload, string expected)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Function(host, method), payload);

        Assert.Equal((expected, null), (answer.Payload, answer.FunctionError));
        if (method == "Sell")
            Assert.Contains("selling 3\n", answer.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_instance_serves_call_after_call_and_fails_without_ending()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Function(host, "Count");
        for (var call = 1; call <= 3; call++)
            Assert.Equal($"{call}", (await host.InvokeAsync(function)).Payload);

        var failing = Function(host, "Fail");
        var failure = await host.InvokeAsync(failing, "\"inner\"");
        Assert.Equal("Unhandled", failure.FunctionError);
        using var error = JsonDocument.Parse(failure.Payload);
        Assert.Equal(
            ["errorType", "errorMessage", "stackTrace", "cause"],
            error.RootElement.EnumerateObject().Select(static member => member.Name)
        );
        Assert.Equal("InvalidOperationException", error.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("outside", error.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal("inside", error.RootElement.GetProperty("cause").GetProperty("errorMessage").GetString());
        Assert.StartsWith(
            "at Daybreak.Tests.Function.Handlers.Fail",
            error.RootElement.GetProperty("stackTrace")[0].GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains("\"JsonException\"", (await host.InvokeAsync(failing, "{}")).Payload, StringComparison.Ordinal);
        Assert.Equal(2, host.Messages.Count(static message => message.StartsWith("INIT_START", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_context_tells_of_the_invocation()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Function(host, "Describe") with { MemorySizeMegabytes = 256 };

        var answer = await host.InvokeAsync(function);

        Assert.Equal($"""["fn","{function.FunctionArn}","256","{answer.Id}","True"]""", answer.Payload);
    }

    [Theory]
    [InlineData("no colons", "Could not")] // an executable assembly that is not there
    [InlineData("a::b", "Invalid lambda function handler: 'a::b'. The valid format is 'ASSEMBLY::TYPE::METHOD'.")]
    [InlineData(
        "Missing::T::M",
        "Could not find the specified handler assembly with the file name 'Missing, Culture=neutral, PublicKeyToken=null'."
    )]
    [InlineData($"{Library}::No.Such::M", $"Unable to load type 'No.Such' from assembly '{Library}'.")]
    [InlineData(
        $"{Library}::{Library}.Handlers::None",
        $"Unable to find method 'None' in type '{Library}.Handlers' from assembly '{Library}'."
    )]
    [InlineData($"{Library}::{Library}.Broken::Handle", "the constructor fails")]
    public async Task What_cannot_be_loaded_fails_at_init(string handler, string message)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Function(host, "Sell") with { Handler = handler });

        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Contains(
            handler == "no colons" ? "Runtime.ExitError" : message,
            answer.Payload.Replace("\\u0027", "'", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_exit_is_reported()
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Function(host, "Exit"), "3");

        Assert.Contains("Runtime exited with error: exit status 3", answer.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_with_a_loop_of_its_own_serves_call_after_call()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = WithFiles(host.Function("dotnet8", "Daybreak.Tests.Executable"), "Daybreak.Tests.Executable");

        for (var call = 0; call < 3; call++)
            Assert.Equal(
                $$"""{"echo":{"n":{{call}}},"by":"executable"}""",
                (await host.InvokeAsync(function, $$"""{"n":{{call}}}""")).Payload
            );
    }

    [Fact]
    public async Task A_newer_version_stands_in_and_the_log_says_so()
    {
        await using var host = await FunctionHost.StartAsync();
        var standIn = host.Runtime.StandInFor("dotnet6");
        Assert.Matches(@"^\.NET ([89]|\d\d) \(/.*dotnet\)$", standIn);

        var answer = await host.InvokeAsync(Function(host, "Tells") with { Runtime = "dotnet6" });

        Assert.Equal($"\"{Environment.Version.Major} AWS_Lambda_dotnet6\"", answer.Payload);
        Assert.Contains(
            host.Messages,
            message =>
                message.StartsWith("INIT_START Runtime Version: dotnet:6\t", StringComparison.Ordinal)
                && message.EndsWith($"\tDaybreak: runs on {standIn}\n", StringComparison.Ordinal)
        );
        await using var strict = await FunctionHost.StartAsync(change: static options => options with { Strict = true });
        Assert.Equal(".NET 6", strict.Runtime.MissingProgram("dotnet6"));
        Assert.Null(strict.Runtime.MissingProgram($"dotnet{Environment.Version.Major}"));
    }

    private static FunctionVersion Function(FunctionHost host, string method) =>
        WithFiles(host.Function($"dotnet{Environment.Version.Major}", $"{Library}::{Library}.Handlers::{method}"), Library) with
        {
            MemorySizeMegabytes = 256,
        };

    private static FunctionVersion WithFiles(FunctionVersion function, string assembly)
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, assembly + ".*"))
            File.Copy(file, Path.Combine(function.CodeDirectory, Path.GetFileName(file)));
        return function;
    }
}
