using Daybreak.Aws;
using Daybreak.Cloud.Access;
using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Hosting;

/// <summary>Whether another service may invoke a function.</summary>
/// <param name="enforces">False: policies of functions do not count.</param>
internal sealed class ServiceInvocations(bool enforces, TimeProvider time)
{
    private static readonly ServiceAction Invoke = new("lambda:InvokeFunction");

    /// <summary>Set before the first request.</summary>
    public LambdaService Functions { get; set; } = null!;

    /// <summary>Whether there is such a function, and its policy lets the service invoke it.</summary>
    /// <param name="service">As a principal: <c>s3.amazonaws.com</c>.</param>
    /// <param name="source">ARN and account of the resource for which the service invokes it.</param>
    public bool Allow(string service, (string Arn, string AccountId) source, string functionArn)
    {
        var function = Arn.Parse(functionArn);
        if (Functions.FindVersion(functionArn, function.AccountId, function.Region) is null)
            return false;
        if (!enforces)
            return true;
        var keys = new ContextKeys { { "aws:SourceArn", source.Arn }, { "aws:SourceAccount", source.AccountId } };
        var request = new RequestContext(
            new Principal.Service(service),
            Invoke,
            functionArn,
            function.AccountId,
            new JoinedKeys(keys, ContextKeys.None, ContextKeys.None, time)
        );
        var policy = Functions.Description.ResourcePolicyOf!(functionArn);
        return PolicyEvaluator.Decide(request, PrincipalPolicies.None, policy).IsAllowed;
    }
}
