using System.CommandLine;

namespace Daybreak.Cli.Commands;

/// <summary><c>runtimes</c>: manages what functions find in their runtime.</summary>
internal sealed class RuntimesCommand : Command
{
    public RuntimesCommand()
        : base("runtimes", "What Lambda functions find in their runtime.") => Add(new RuntimesAddCommand());
}
