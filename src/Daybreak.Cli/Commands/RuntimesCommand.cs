using System.CommandLine;

namespace Daybreak.Cli.Commands;

/// <c>runtimes</c>: manages what functions find in their runtime.
internal sealed class RuntimesCommand : Command
{
    public RuntimesCommand()
        : base("runtimes", "What Lambda functions find in their runtime.") => Add(new RuntimesAddCommand());
}
