using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Extensions;

/// <summary>Why an extension has ended the environment.</summary>
/// <param name="Type"><c>Extension.InitError</c> or <c>Extension.ExitError</c> after a report, <c>Extension.Crash</c> without.</param>
/// <param name="Reason">How its process has ended, in AWS's words.</param>
internal sealed record ExtensionFailure(string Type, string Reason)
{
    public static ExtensionFailure Of(string? reported, ProcessExit exit) =>
        new(reported is null ? "Extension.Crash" : "Extension." + reported, exit.Succeeded ? "exit code 0" : exit.ToString());
}
