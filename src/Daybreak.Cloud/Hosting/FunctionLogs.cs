using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Logs;
using Daybreak.Cloud.Logs.Services;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Hosting;

/// <summary>The logs of functions in CloudWatch Logs, as far as their roles may write there.</summary>
/// <param name="clock">The clock of the local AWS, which can be moved; functions themselves live in the machine's time.</param>
internal sealed class FunctionLogs(LogsService logs, ExecutionRoles roles, TimeProvider clock) : IFunctionLog
{
    private readonly ServiceLogs<FunctionVersion> _logs = logs.For<FunctionVersion>(
        (function, action, resource) => roles.May(function.RoleArn, function.Region, new ServiceAction(action), resource)
    );

    public void Write(FunctionVersion function, string logStream, DateTimeOffset time, string message) =>
        _logs.Write(function, new(function.AccountId, function.Region, function.LogGroup, logStream), clock.GetUtcNow(), message);
}
