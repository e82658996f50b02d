using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Functions;

/// <summary>What was found out about a function from its files.</summary>
/// <param name="Runtime">A runtime, or the language of one: <c>python</c>, <c>nodejs</c>, <c>dotnet</c>, <c>ruby</c>, <c>java</c>.</param>
/// <param name="File">The file that decided it.</param>
internal sealed record FoundHandler(string Runtime, string Handler, string File)
{
    /// <summary>What a reader might want to know besides; null: nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>Finds handler and runtime of a function in its files: those at the top, by their names and by what they define.</summary>
internal sealed class HandlerSearch(FunctionSource source, IReadOnlyList<SourceFile> files)
{
    private const int MostRead = 4 * 1024 * 1024; // characters of a bundle

    private readonly SourceFile[] _top = [.. files.Where(static file => !file.Name.Contains('/', StringComparison.Ordinal))];

    /// <param name="runtime">What the user says; null: it is to be found. Likewise <paramref name="handler"/>.</param>
    /// <exception cref="CommandFailedException">Nothing was found, or too much; it says which option decides.</exception>
    public FoundHandler Find(string? runtime, string? handler)
    {
        if (runtime is not null && handler is not null)
            return new FoundHandler(runtime, handler, "");
        // Whoever builds a program for Lambda means that one, whatever else lies there.
        if (runtime is null or "provided.al2023" or "provided.al2" && Bootstrap(runtime, handler) is { } program)
            return program;
        if (Is(runtime, "dotnet") && Dotnet(runtime, handler) is { } dotnet)
            return dotnet;
        FoundHandler[] all = [.. Scripts(runtime), .. Archives(runtime)];
        if (handler is not null)
        {
            // The module of the handler has to be in the package, or in a layer.
            var module = Module(handler);
            FoundHandler[] same = [.. all.Where(one => Module(one.Handler) == module)];
            all = [.. (same.Length > 0 ? same : all).Select(one => one with { Handler = handler }).DistinctBy(static one => one.Runtime)];
        }
        return all switch
        {
            [var only] => only,
            [] => throw Nothing(runtime, handler),
            _ when Conventional(all) is { } first => first with
            {
                Note = $"{string.Join(", ", all.Where(one => one != first).Select(static one => one.Handler))} would do as well: --handler",
            },
            _ => throw Ambiguous(all),
        };
    }

    /// <summary>Whether the file of a handler is in the package.</summary>
    public bool Has(string handler) => files.Any(file => IsOf(file, handler));

    /// <summary>Whether a file is the one of a handler.</summary>
    public static bool IsOf(SourceFile file, string handler) =>
        file.Name == handler.Split("::")[0] + ".dll"
        || (file.Name == "bootstrap" && handler == "bootstrap")
        || (Path.GetExtension(file.Name).Length > 0 && Stem(file) == Module(handler).Replace('.', '/'));

    private static bool Is(string? runtime, string language) => runtime is null || runtime.StartsWith(language, StringComparison.Ordinal);

    // app.handler is of app.py and of app.mjs; dist/app.handler of dist/app.js; Assembly::Type::Method of an assembly.
    private static string Module(string handler)
    {
        var dot = handler.LastIndexOf('.');
        return dot < 0 ? handler : handler[..dot];
    }

    // What the Lambda console makes, then what package.json says.
    private static FoundHandler? Conventional(FoundHandler[] all) =>
        all.FirstOrDefault(static one => one.Handler == "lambda_function.lambda_handler") is { } console
        && all.All(one => one.Runtime == console.Runtime)
            ? console
        : all.FirstOrDefault(static one => one.Note == PackageJson.Reason) is { } main && all.All(one => one.Runtime == main.Runtime) ? main
        : null;

    private FoundHandler? Bootstrap(string? runtime, string? handler)
    {
        if (_top.FirstOrDefault(static file => file.Name == "bootstrap") is not { } file)
            return null;
        if (file.Link is null && !file.IsExecutable)
            throw new CommandFailedException(
                ExitCode.Failure,
                $"{file.Path} is not executable, so Lambda cannot start it.",
                $"Type: chmod +x {file.Path}"
            );
        return new FoundHandler(runtime ?? "provided.al2023", handler ?? "bootstrap", file.Name);
    }

    private FoundHandler? Dotnet(string? runtime, string? handler)
    {
        const string Suffix = ".runtimeconfig.json";
        SourceFile[] configurations = [.. _top.Where(static file => file.Name.EndsWith(Suffix, StringComparison.Ordinal))];
        if (handler is not null)
            configurations = [.. configurations.Where(file => handler.Split("::")[0] + Suffix == file.Name)];
        if (configurations.Length == 0)
            return _top.FirstOrDefault(static file => file.Name.EndsWith(".csproj", StringComparison.Ordinal)) is { } project
                ? throw new CommandFailedException(
                    ExitCode.Usage,
                    $"{source.Root} has the project {project.Name}, not what it builds.",
                    $"Publish it and deploy the output: dotnet publish {project.Path} -o OUT; {Installation.Command} deploy OUT"
                )
                : null;
        if (configurations.Length > 1)
            throw Ambiguous([.. configurations.Select(static file => new FoundHandler("dotnet", file.Name[..^Suffix.Length], file.Name))]);
        var configuration = configurations[0];
        var assembly = configuration.Name[..^Suffix.Length];
        return new FoundHandler(
            runtime ?? "dotnet" + DotnetAssembly.MajorOf(configuration.Path),
            handler
                ?? (
                    DotnetAssembly.IsExecutable(Path.Combine(source.Directory, assembly + ".dll"))
                        ? assembly
                        : throw new CommandFailedException(
                            ExitCode.Usage,
                            $"{assembly}.dll is a library, of which a method is the handler.",
                            $"Give it: --handler {assembly}::NAMESPACE.TYPE::METHOD"
                        )
                ),
            configuration.Name
        );
    }

    private IEnumerable<FoundHandler> Scripts(string? runtime)
    {
        if (Is(runtime, "nodejs") && PackageJson.MainFile(source.Directory, files) is { } main)
            yield return new FoundHandler("nodejs", $"{Stem(main)}.{ScriptExports.OfNode(Text(main)) ?? "handler"}", main.Name)
            {
                Note = PackageJson.Reason,
            };
        foreach (var file in _top.Where(static file => file.Link is null))
        {
            var language = Path.GetExtension(file.Name) switch
            {
                ".py" => "python",
                ".js" or ".mjs" or ".cjs" => "nodejs",
                ".rb" => "ruby",
                _ => null,
            };
            if (
                language is null
                || !Is(runtime, language)
                || (language == "nodejs" && PackageJson.MainFile(source.Directory, files) == file)
            )
                continue;
            var name = language switch
            {
                "python" => ScriptExports.OfPython(Text(file)),
                "ruby" => ScriptExports.OfRuby(Text(file)),
                _ => ScriptExports.OfNode(Text(file)),
            };
            if (name is not null)
                yield return new FoundHandler(language, $"{Stem(file)}.{name}", file.Name);
        }
    }

    // A class in them has to be named: nothing marks a handler.
    private IEnumerable<FoundHandler> Archives(string? runtime)
    {
        if (
            Is(runtime, "java")
            && (
                source.IsPackage
                    ? Path.GetExtension(source.Root) == ".jar"
                    : files.Any(static file => file.Name.EndsWith(".class", StringComparison.Ordinal))
            )
        )
            yield return new FoundHandler("java", "", source.IsPackage ? Path.GetFileName(source.Root) : "*.class");
    }

    private CommandFailedException Nothing(string? runtime, string? handler)
    {
        if (source.IsPackage)
            return new CommandFailedException(
                ExitCode.Usage,
                $"What is in {Path.GetFileName(source.Root)} is not looked at.",
                "Say how it runs: --runtime python3.13 --handler lambda_function.lambda_handler"
            );
        if (handler is not null)
            return new CommandFailedException(
                ExitCode.Usage,
                $"Nothing in {source.Root} tells the runtime of {handler}.",
                "Give it: --runtime python3.13"
            );
        var typed = _top.FirstOrDefault(static file => Path.GetExtension(file.Name) is ".ts" or ".mts" or ".go" or ".rs" or ".java");
        if (typed is not null)
            return new CommandFailedException(
                ExitCode.Usage,
                $"{typed.Name} has to be built first: Lambda runs what a compiler makes of it.",
                "Deploy the directory with the output."
            );
        return new CommandFailedException(
            ExitCode.Usage,
            $"{source.Root} has no handler{(runtime is null ? "" : $" for {runtime}")}: at its top there is no file that defines "
                + "lambda_handler or handler (Python, Node.js, Ruby), no bootstrap and no published .NET program.",
            "Name it: --handler FILE.FUNCTION, such as --handler app.main"
        );
    }

    private static CommandFailedException Ambiguous(FoundHandler[] all)
    {
        var runtimes = all.Select(static one => one.Runtime).Distinct().ToArray();
        var listed = string.Join(", ", all.Select(static one => $"{one.Handler} ({one.File})"));
        return runtimes.Length > 1
            ? new CommandFailedException(
                ExitCode.Usage,
                $"It could be a function for {string.Join(" or ", runtimes)}: {listed}.",
                $"Say which: --handler {all[0].Handler}, or --runtime"
            )
            : new CommandFailedException(
                ExitCode.Usage,
                $"There are several handlers: {listed}.",
                $"Say which: --handler {all[0].Handler}"
            );
    }

    private static string Stem(SourceFile file) => file.Name[..^Path.GetExtension(file.Name).Length];

    private static string Text(SourceFile file)
    {
        using var reader = new StreamReader(file.Path);
        var buffer = new char[Math.Min(MostRead, file.Length)];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }
}
