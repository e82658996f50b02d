using System.IO.Compression;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>Java functions, of classes that the compiler of this machine compiles.</summary>
[Trait("Pace", "slow")]
public sealed class JavaTests(JavaHandlers handlers) : IClassFixture<JavaHandlers>
{
    [Fact]
    public async Task A_handler_takes_and_returns_what_its_types_say()
    {
        await using var host = await FunctionHost.StartAsync();
        foreach (
            var (handler, payload, expected) in ((string, string, string)[])
                [
                    ("shop.Handlers::echo", """{"a":[1,2.5,true,null,"ü\n\u0001"]}""", """{"a":[1,2.5,true,null,"ü\n\u0001"]}"""),
                    ("shop.Handlers::upper", "\"hey\"", "\"HEY\""),
                    ("shop.Handlers::twice", "21", "42"),
                    ("shop.Handlers::half", "5", "2.5"),
                    ("shop.Handlers::nothing", "{}", "null"),
                    ("shop.Handlers::bytes", "\"AQID\"", "\"AQID\""),
                    ("shop.Handlers::grown", """{"n":[1,5000000000]}""", """{"n":[1,5000000000,9223372036854775807]}"""),
                    ("shop.Handlers::reverse", "[1,2]", "]2,1["),
                    ("shop.Handlers$Stream", "[1,2]", "<[1,2]>"),
                    (
                        "shop.Sale",
                        """{"customerName":"Ann","note":"!","items":[{"name":"tea","count":3,"price":1.50}],"sizes":{"x":"LARGE"},"unknown":1}""",
                        """{"customer":"Ann!","total":4.50,"sizes":["LARGE"],"none":null,"paid":true,"url":"https://shop"}"""
                    ),
                    (
                        "shop.Sale::handleRequest",
                        """{"sizes":{}}""",
                        """{"customer":"nullnull","total":0,"sizes":[],"none":null,"paid":true,"url":"https://shop"}"""
                    ),
                ]
        )
        {
            var answer = await host.InvokeAsync(Function(host, handler), payload);
            Assert.Equal((handler, expected, null), (handler, answer.Payload, answer.FunctionError));
        }
    }

    [Fact]
    public async Task The_context_tells_of_the_invocation_and_its_logger_keeps_lines_together()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Function(host, "shop.Handlers::describe");

        var answer = await host.InvokeAsync(function, clientContext: """{"custom":{"a":"ä"}}""");

        Assert.StartsWith(
            $$$"""{"id":"{{{answer.Id}}}","name":"fn","version":"$LATEST","arn":"{{{function.FunctionArn}}}","memory":256,"group":"/aws/lambda/fn","stream":true,"left":true,"client":{"a":"ä"},"identity":null,"tenant":null,"trace":true,"java":""",
            answer.Payload,
            StringComparison.Ordinal
        );
        Assert.Contains("two\nlines\n", host.Messages);
        Assert.Contains("out\n", host.Messages);
        Assert.Contains("err\n", host.Messages);
    }

    [Fact]
    public async Task One_instance_serves_call_after_call_and_an_exception_keeps_it()
    {
        await using var host = await FunctionHost.StartAsync();
        var counting = Function(host, "shop.Handlers::count");
        for (var call = 1; call <= 3; call++)
            Assert.Equal($"{call}", (await host.InvokeAsync(counting)).Payload);

        var failing = Function(host, "shop.Handlers::fail");
        var failure = await host.InvokeAsync(failing, "\"x\"");
        var unreadable = await host.InvokeAsync(failing, "{}");

        Assert.Equal(
            """{"errorMessage":"outside","errorType":"java.lang.IllegalStateException","stackTrace":["shop.Handlers.fail(Handlers.java:51)"],"cause":{"errorMessage":"inside","errorType":"java.lang.RuntimeException","stackTrace":["shop.Handlers.fail(Handlers.java:51)"]}}""",
            failure.Payload
        );
        Assert.Contains(
            "outside: java.lang.IllegalStateException\njava.lang.IllegalStateException: outside\n\tat shop.Handlers.fail",
            failure.LogTail,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            """{"errorMessage":"An error occurred during JSON parsing","errorType":"java.lang.RuntimeException",""",
            unreadable.Payload,
            StringComparison.Ordinal
        );
        Assert.Equal(2, host.Messages.Count(static message => message.StartsWith("INIT_START", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("shop.None", """{"errorMessage":"Class not found: shop.None","errorType":"java.lang.ClassNotFoundException"}""")]
    [InlineData("shop.Handlers", """{"errorMessage":"Class does not implement an appropriate handler interface: shop.Handlers"}""")]
    [InlineData(
        "shop.Handlers::none",
        """{"errorMessage":"No public method named none with appropriate method signature found on class shop.Handlers"}"""
    )]
    [InlineData("a::b::c", """{"errorMessage":"Invalid handler: `a::b::c'"}""")]
    [InlineData(
        "shop.Handlers$Inner::handle",
        """{"errorMessage":"Class shop.Handlers$Inner cannot be instantiated because it is a non-static inner class","errorType":"java.lang.Exception"}"""
    )]
    [InlineData("shop.Handlers$Broken::handle", """{"errorMessage":"broken at init","errorType":"java.lang.IllegalStateException"}""")]
    public async Task What_cannot_be_loaded_is_told_as_AWS_tells_it(string handler, string payload)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Function(host, handler));

        Assert.Equal((payload, "Unhandled"), (answer.Payload, answer.FunctionError));
        Assert.Equal(
            handler.Contains("Broken", StringComparison.Ordinal),
            host.Messages.Any(static message =>
                message.Contains("Error Type: Runtime.BadFunctionCode", StringComparison.Ordinal)
                && message.StartsWith("INIT_REPORT", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task Exits_and_errors_of_the_machine_end_the_process()
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Contains(
            "Runtime exited with error: exit status 3",
            (await host.InvokeAsync(Function(host, "shop.Handlers::exit"), "\"\"")).Payload,
            StringComparison.Ordinal
        );
        var deep = Function(host, "shop.Handlers::deep");
        Assert.StartsWith(
            """{"errorMessage":"java.lang.StackOverflowError","errorType":"java.lang.StackOverflowError",""",
            (await host.InvokeAsync(deep, "1")).Payload,
            StringComparison.Ordinal
        );
        await host.InvokeAsync(deep, "1");
        Assert.Equal(3, host.Messages.Count(static message => message.StartsWith("INIT_START", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Classes_may_be_in_a_jar_in_lib_of_the_package_or_of_a_layer(bool inSandbox)
    {
        await using var host = await FunctionHost.StartAsync(inSandbox);
        var package = host.Function("java17", "shop.Handlers::upper") with { MemorySizeMegabytes = 256 };
        var layer = host.Function("java17", "");
        Directory.CreateDirectory(Path.Combine(package.CodeDirectory, "lib"));
        Directory.CreateDirectory(Path.Combine(layer.CodeDirectory, "java/lib"));
        await ZipFile.CreateFromDirectoryAsync(
            Path.Combine(handlers.Directory, "shop"),
            Path.Combine(package.CodeDirectory, "lib/shop.jar"),
            CompressionLevel.Fastest,
            includeBaseDirectory: true,
            TestContext.Current.CancellationToken
        );
        await ZipFile.CreateFromDirectoryAsync(
            Path.Combine(handlers.Directory, "com"),
            Path.Combine(layer.CodeDirectory, "java/lib/core.jar"),
            CompressionLevel.Fastest,
            includeBaseDirectory: true,
            TestContext.Current.CancellationToken
        );

        Assert.Equal("\"HEY\"", (await host.InvokeAsync(package with { LayerDirectories = [layer.CodeDirectory] }, "\"hey\"")).Payload);
        var without = (await host.InvokeAsync(package with { RevisionId = "2" }, "\"hey\"")).Payload;
        Assert.Contains("java.lang.NoClassDefFoundError", without, StringComparison.Ordinal); // the function has to bring it
    }

    [Fact]
    public async Task Another_version_stands_in_and_the_log_says_so()
    {
        await using var host = await FunctionHost.StartAsync();
        string[] other = [.. ((string[])["17", "21", "25"]).Where(version => host.Runtime.StandInFor("java" + version) is not null)];
        Assert.NotEmpty(other); // a machine has one version or two
        var runtime = "java" + other[0];

        var answer = await host.InvokeAsync(Function(host, "shop.Handlers::describe") with { Runtime = runtime });

        var standIn = host.Runtime.StandInFor(runtime);
        Assert.Matches(@"^Java \d+ \(/usr/.*/bin/java\)$", standIn);
        Assert.EndsWith($"\"java\":{standIn!.Split(' ')[1]}}}", answer.Payload, StringComparison.Ordinal);
        Assert.Contains(
            host.Messages,
            message =>
                message.StartsWith($"INIT_START Runtime Version: java:{other[0]}\t", StringComparison.Ordinal)
                && message.EndsWith($"\tDaybreak: runs on {standIn}\n", StringComparison.Ordinal)
        );
        await using var strict = await FunctionHost.StartAsync(change: static options => options with { Strict = true });
        Assert.Equal("Java " + other[0], strict.Runtime.MissingProgram(runtime));
    }

    [Fact]
    public async Task The_bootstrap_is_compiled_once_for_all()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-classes-").FullName;
        try
        {
            await using var host = await FunctionHost.StartAsync(change: options => options with { JavaClasses = directory });
            Assert.Equal("2", (await host.InvokeAsync(Function(host, "shop.Handlers::twice"), "1")).Payload);
            var classes = new DirectoryInfo(Assert.Single(Directory.GetFileSystemEntries(directory)));
            var before = classes.LastWriteTimeUtc;

            await using var other = await FunctionHost.StartAsync(change: options => options with { JavaClasses = directory });
            Assert.Equal("2", (await other.InvokeAsync(Function(other, "shop.Handlers::twice"), "1")).Payload);

            Assert.Equal(classes.FullName, Assert.Single(Directory.GetFileSystemEntries(directory)));
            classes.Refresh();
            Assert.Equal(before, classes.LastWriteTimeUtc);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private FunctionVersion Function(FunctionHost host, string handler) => handlers.Function(host, handler);
}
