using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda;

/// <summary>Checks the execution role of a function.</summary>
public interface IExecutionRoles
{
    /// <summary>Checks that the caller may pass the role and that Lambda may assume it.</summary>
    /// <exception cref="AwsException">
    /// AccessDeniedException when the caller may not, InvalidParameterValueException when the role does not trust Lambda.
    /// </exception>
    void Check(OperationContext context, string roleArn);

    /// <summary>Whether the role's policies let a function with it do something.</summary>
    /// <param name="resourcePolicy">The policy of the resource, which may allow it, too.</param>
    bool May(string roleArn, string region, ServiceAction action, string resource, AttachedPolicy? resourcePolicy = null);
}
