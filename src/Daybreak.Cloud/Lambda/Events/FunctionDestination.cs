using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Functions as destinations: each is invoked by an event that is the record.</summary>
internal sealed class FunctionDestination(FunctionVersions versions, FunctionPolicies policies, IExecutionRoles roles, TimeProvider time)
    : IDestination
{
    private static readonly ServiceAction Invoke = new("lambda:InvokeFunction");

    public string Service => "lambda";

    public void Check(FunctionState function, string arn)
    {
        if (ReferenceOf(arn) is not { } target || target.Region != function.Region || versions.Find(target) is null)
            throw LambdaErrors.InvalidDestination(arn);
        if (target.Key == function.Reference.Key)
            throw LambdaErrors.OwnDestination();
        if (!roles.May(function.Role, function.Region, Invoke, arn, policies.PolicyOf(arn)))
            throw LambdaErrors.RoleMayNot("InvokeFunction", arn);
    }

    public QueuedEvent? Deliver(FunctionState function, string arn, QueuedEvent cause, byte[] record, bool isFailure)
    {
        if (
            ReferenceOf(arn) is not { } target
            || versions.Find(target) is not { } version
            || !roles.May(function.Role, function.Region, Invoke, arn, policies.PolicyOf(arn))
        )
            return null;
        var (traceId, count) = Lineage.Through(cause.TraceId, target.UnqualifiedArn);
        return new QueuedEvent
        {
            RequestId = Guid.NewGuid().ToString(),
            Function = target,
            Payload = record,
            TraceId = traceId,
            Accepted = time.GetUtcNow(),
            IsLoop = Lineage.IsLoop(count, versions.FindLatest(version.Reference)),
        };
    }

    private static FunctionReference? ReferenceOf(string arn) =>
        Arn.TryParse(arn, out var parts) && parts.Resource.Split(':') is ["function", { Length: > 0 } name, .. var rest] && rest.Length <= 1
            ? new FunctionReference(parts.AccountId, parts.Region, name, rest.FirstOrDefault())
            : null;
}
