using Daybreak.Cli.Functions;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Tests.Functions;

public sealed class HandlerSearchTests : IDisposable
{
    private const UnixFileMode Program = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("lambda_function.py", "def lambda_handler(event, context):\n    pass", "python", "lambda_function.lambda_handler")]
    [InlineData("app.py", "import json\n\nasync def handler(e, c): pass", "python", "app.handler")]
    [InlineData("main.py", "handler = Mangum(app)", "python", "main.handler")]
    [InlineData("main.py", "handler: Callable = make()", "python", "main.handler")]
    [InlineData("index.py", "from orders.api import lambda_handler", "python", "index.lambda_handler")]
    [InlineData("index.mjs", "export const handler = async (event) => event", "nodejs", "index.handler")]
    [InlineData("index.mjs", "export async function handler(event) {}", "nodejs", "index.handler")]
    [InlineData("index.mjs", "const handler = 1;\nexport { other, handler };", "nodejs", "index.handler")]
    [InlineData("index.js", "exports.handler = async () => 1", "nodejs", "index.handler")]
    [InlineData("app.cjs", "module.exports.lambdaHandler=a", "nodejs", "app.lambdaHandler")]
    [InlineData("bundle.js", "0 && (module.exports = {\n  handler\n});", "nodejs", "bundle.handler")]
    [InlineData("lambda_function.rb", "def lambda_handler(event:, context:)\nend", "ruby", "lambda_function.lambda_handler")]
    public void A_script_is_found_by_what_it_defines(string name, string text, string runtime, string handler)
    {
        _directory.Write(name, text);
        _directory.Write("requirements.txt", "boto3");

        Assert.Equal(new FoundHandler(runtime, handler, name), Find());
    }

    [Theory]
    [InlineData("app.py", "    def handler(self): pass")]
    [InlineData("app.py", "# def handler(event, context)")]
    [InlineData("app.py", "handler == 1")]
    [InlineData("index.js", "const handler = 1")]
    [InlineData("sub/app.py", "def handler(e, c): pass")]
    public void What_only_looks_like_a_handler_is_none(string name, string text)
    {
        _directory.Write(name, text);

        Assert.Contains("has no handler", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Main_of_a_package_is_its_handler_wherever_it_is()
    {
        _directory.Write("package.json", """{"main": "./dist/app", "type": "module"}""");
        _directory.Write("dist/app.js", "export const lambdaHandler = 1");
        _directory.Write("index.js", "exports.handler = 1");

        Assert.Equal("dist/app.lambdaHandler", Find().Handler);
    }

    [Fact]
    public void What_the_console_makes_comes_before_other_handlers_of_its_language_and_they_are_named()
    {
        _directory.Write("lambda_function.py", "def lambda_handler(e, c): pass");
        _directory.Write("other.py", "def handler(e, c): pass");

        var found = Find();

        Assert.Equal("lambda_function.lambda_handler", found.Handler);
        Assert.Equal("other.handler would do as well: --handler", found.Note);
    }

    [Fact]
    public void Several_handlers_are_listed_with_the_option_that_decides()
    {
        _directory.Write("app.py", "def handler(e, c): pass");
        _directory.Write("main.py", "def handler(e, c): pass");

        Assert.Equal(
            "There are several handlers: app.handler (app.py), main.handler (main.py). Say which: --handler app.handler",
            Refusal()
        );
        Assert.Equal("main.handler", Find(handler: "main.handler").Handler);
    }

    [Fact]
    public void Several_languages_are_listed_with_the_options_that_decide()
    {
        _directory.Write("index.py", "def handler(e, c): pass");
        _directory.Write("index.mjs", "export const handler = 1");

        Assert.StartsWith("It could be a function for nodejs or python: index.handler (index.mjs)", Refusal(), StringComparison.Ordinal);
        Assert.Equal("index.py", Find(runtime: "python3.13").File);
        Assert.Equal("nodejs", Find(runtime: "nodejs").Runtime);
    }

    [Fact]
    public void A_handler_of_another_name_tells_the_language_by_its_file()
    {
        _directory.Write("app.mjs", "export const handler = 1");
        _directory.Write("tool.py", "def handler(e, c): pass");

        Assert.Equal(("nodejs", "app.main"), (Find(handler: "app.main").Runtime, "app.main"));
    }

    [Fact]
    public void A_bootstrap_comes_first_and_has_to_be_executable()
    {
        _directory.Write("app.py", "def handler(e, c): pass");
        var path = _directory.Write("bootstrap", "#!/bin/sh");
        Assert.Contains($"chmod +x {path}", Refusal(), StringComparison.Ordinal);

        File.SetUnixFileMode(path, Program);
        Assert.Equal(new FoundHandler("provided.al2023", "bootstrap", "bootstrap"), Find());
    }

    [Fact]
    public void A_published_program_for_dotnet_is_its_own_handler()
    {
        // This test is one.
        foreach (var name in (string[])["Daybreak.Cli.Tests.dll", "Daybreak.Cli.Tests.runtimeconfig.json"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(_directory.Path, name));

        Assert.Equal(new FoundHandler("dotnet10", "Daybreak.Cli.Tests", "Daybreak.Cli.Tests.runtimeconfig.json"), Find());
    }

    [Fact]
    public void A_library_for_dotnet_needs_the_method()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Daybreak.Aws.dll"), Path.Combine(_directory.Path, "Daybreak.Aws.dll"));
        _directory.Write("Daybreak.Aws.runtimeconfig.json", """{"runtimeOptions": {"tfm": "net8.0"}}""");

        Assert.Contains("--handler Daybreak.Aws::NAMESPACE.TYPE::METHOD", Refusal(), StringComparison.Ordinal);
        Assert.Equal("dotnet8", Find(handler: "Daybreak.Aws::A.B::C").Runtime);
    }

    [Theory]
    [InlineData("app.csproj", "dotnet publish")]
    [InlineData("index.ts", "index.ts has to be built first")]
    [InlineData("main.go", "main.go has to be built first")]
    public void Sources_that_need_a_compiler_are_named(string name, string expected)
    {
        _directory.Write(name, "x");

        Assert.Contains(expected, Refusal(), StringComparison.Ordinal);
    }

    private FoundHandler Find(string? runtime = null, string? handler = null)
    {
        var source = FunctionSource.At(_directory.Path);
        return new HandlerSearch(source, source.Files()).Find(runtime, handler);
    }

    private string Refusal()
    {
        var refusal = Assert.Throws<CommandFailedException>(() => Find());
        return $"{refusal.Message} {refusal.Remedy}";
    }
}
