namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Drops log events, as long as there is no CloudWatch Logs; the tail of an invocation does not come from here.</summary>
internal sealed class NoFunctionLog : IFunctionLog
{
    public void Write(FunctionVersion function, string logStream, DateTimeOffset time, string message) { }
}
