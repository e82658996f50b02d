namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Drops log events, as there is no CloudWatch Logs here yet. The tail of an invocation's log does not depend on it.</summary>
internal sealed class NoFunctionLog : IFunctionLog
{
    public void Write(FunctionVersion function, string logStream, DateTimeOffset time, string message) { }
}
