using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>Ruby functions.</summary>
public sealed class RubyTests
{
    [Theory]
    [InlineData("{ got: event, text: 'ü', none: nil }", """{"got":{"n":[1,2.5,"x"]},"text":"ü","none":null}""")]
    [InlineData("nil", "null")]
    [InlineData("'a' + event['n'].to_s", "\"a[1, 2.5, \\\"x\\\"]\"")]
    [InlineData("StringIO.new('raw <text>')", "raw <text>")]
    public async Task A_method_gets_the_event_and_its_result_is_returned_as_JSON(string result, string payload)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Method(host, result), """{"n":[1,2.5,"x"]}""");

        Assert.Equal((payload, null), (answer.Payload, answer.FunctionError));
    }

    [Fact]
    public async Task A_method_of_a_class_or_module_is_named_with_it_and_one_process_serves_call_after_call()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Function(
            "ruby3.4",
            "app.Shop.sell",
            "app.rb",
            "require 'price'\nmodule Shop\n  @count = 0\n  def self.sell(event:, context:) = [@count += 1, Price.of(event)]\nend\n",
            "price.rb",
            "module Price\n  def self.of(event) = event['item'].size\nend\n"
        );

        for (var call = 1; call <= 3; call++)
            Assert.Equal($"[{call},3]", (await host.InvokeAsync(function, """{"item":"tea"}""")).Payload);
        Assert.Single(host.Messages, static message => message.StartsWith("INIT_START", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_context_tells_of_the_invocation()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Method(
            host,
            "c = context; [c.aws_request_id, c.function_name, c.function_version, c.invoked_function_arn, c.memory_limit_in_mb, "
                + "c.log_group_name, c.log_stream_name == ENV['AWS_LAMBDA_LOG_STREAM_NAME'], c.client_context, c.identity, "
                + "c.get_remaining_time_in_millis.between?(1, 30_000), c.deadline_ms > 1_700_000_000_000, "
                + "ENV['_X_AMZN_TRACE_ID'].start_with?('Root=')]"
        );

        var answer = await host.InvokeAsync(function, clientContext: """{"custom":{"a":"ä"}}""");

        Assert.Equal(
            $$$"""["{{{answer.Id}}}","fn","$LATEST","{{{function.FunctionArn}}}","128","/aws/lambda/fn",true,{"custom":{"a":"ä"}},null,true,true,true]""",
            answer.Payload
        );
    }

    [Fact]
    public async Task An_error_has_the_shape_of_AWS_and_keeps_the_environment()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Method(host, "raise 'tea is out'");

        var answer = await host.InvokeAsync(function);
        await host.InvokeAsync(function);

        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Equal(
            $$"""{"errorMessage":"tea is out","errorType":"Function<RuntimeError>","stackTrace":["{{host.TaskRoot(function)}}/app.rb:4:in `handler'"]}""",
            answer.Payload
        );
        Assert.Contains(
            "Error raised from handler method\n{\n  \"errorMessage\": \"tea is out\",\n",
            answer.LogTail,
            StringComparison.Ordinal
        );
        Assert.Single(host.Messages, static message => message.StartsWith("INIT_START", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no_such_method", "Function<NameError>")]
    [InlineData("nil.size", "Function<NoMethodError>")]
    [InlineData("exit 3", "Function<SystemExit>")]
    public async Task After_an_error_that_is_critical_the_process_ends(string body, string type)
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Method(host, body);

        var answer = await host.InvokeAsync(function);
        await host.InvokeAsync(function);

        Assert.Equal(type, JsonDocument.Parse(answer.Payload).RootElement.GetProperty("errorType").GetString());
        Assert.Contains("Critical exception from handler\n", answer.LogTail, StringComparison.Ordinal);
        Assert.Equal(2, host.Messages.Count(static message => message.StartsWith("INIT_START", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("none.handler", "Init<LoadError>", "cannot load such file -- none")]
    [InlineData("broken.handler", "Init<RuntimeError>", "broken at init")]
    [InlineData(
        "handler",
        "Init<ArgumentError>",
        "Invalid handler [\"handler\"], must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD"
    )]
    public async Task What_cannot_be_loaded_fails_at_init(string handler, string type, string message)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(host.Function("ruby3.4", handler, "broken.rb", "raise 'broken at init'\n"));

        using var error = JsonDocument.Parse(answer.Payload);
        Assert.Equal(type, error.RootElement.GetProperty("errorType").GetString());
        Assert.StartsWith(message, error.RootElement.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Contains($"Init error when loading handler {handler}\n", string.Concat(host.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_one_event_a_call_and_that_of_the_logger_has_the_request_id()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Method(
            host,
            "puts 'two', 'lines'; print \"one\\n\"; $stderr.puts 'err'; Logger.new($stdout).warn(\"a\\nb\"); require 'stringio'; nil",
            "require 'logger'\n"
        );

        var answer = await host.InvokeAsync(function);

        Assert.Contains("two\nlines\n", host.Messages);
        Assert.Contains("one\n", host.Messages);
        Assert.Contains("err\n", host.Messages);
        Assert.Single(
            host.Messages,
            message =>
                message.StartsWith("W, [", StringComparison.Ordinal)
                && message.EndsWith($"  WARN {answer.Id} -- : a\nb\n", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Gems_are_found_in_the_package_and_in_layers()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Function(
            "ruby3.3",
            "app.handler",
            "app.rb",
            "require 'mint'\nrequire 'leaf'\ndef handler(event:, context:) = [Mint::NAME, Leaf::NAME]\n",
            "vendor/bundle/ruby/3.3.0/specifications/mint-1.0.gemspec",
            "Gem::Specification.new { |s| s.name = 'mint'; s.version = '1.0'; s.summary = 'm'; s.authors = ['m'] }\n",
            "vendor/bundle/ruby/3.3.0/gems/mint-1.0/lib/mint.rb",
            "module Mint\n  NAME = 'mint'\nend\n"
        );
        var layer = host.Function("ruby3.3", "", "ruby/lib/leaf.rb", "module Leaf\n  NAME = 'leaf'\nend\n").CodeDirectory;

        Assert.Equal("""["mint","leaf"]""", (await host.InvokeAsync(function with { LayerDirectories = [layer] })).Payload);
    }

    [Fact]
    public async Task Another_version_stands_in_and_the_log_says_so()
    {
        await using var host = await FunctionHost.StartAsync();
        string[] other = [.. ((string[])["3.2", "3.3", "3.4"]).Where(version => host.Runtime.StandInFor("ruby" + version) is not null)];
        Assert.NotEmpty(other); // a machine has one version, mostly
        var runtime = "ruby" + other[0];

        var answer = await host.InvokeAsync(Method(host, "[ENV['AWS_EXECUTION_ENV'], RUBY_VERSION]") with { Runtime = runtime });

        Assert.StartsWith($"[\"AWS_Lambda_{runtime}\",\"3.", answer.Payload, StringComparison.Ordinal);
        Assert.Matches(@"^Ruby 3\.\d \(/.*ruby.*\)$", host.Runtime.StandInFor(runtime));
        Assert.Contains(
            host.Messages,
            message =>
                message.StartsWith($"INIT_START Runtime Version: ruby:{other[0]}\t", StringComparison.Ordinal)
                && message.EndsWith($"\tDaybreak: runs on {host.Runtime.StandInFor(runtime)}\n", StringComparison.Ordinal)
        );
        await using var strict = await FunctionHost.StartAsync(change: static options => options with { Strict = true });
        Assert.Equal("Ruby " + other[0], strict.Runtime.MissingProgram(runtime));
    }

    private static FunctionVersion Method(FunctionHost host, string body, string before = "") =>
        host.Function(
            "ruby3.4",
            "app.handler",
            "app.rb",
            $"{before}def handler(event:, context:)\n\n{(before.Length == 0 ? "\n" : "")}  {body}\nend\n"
        );
}
