using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Lambda;

/// <summary>What Lambda asks about the role that a function is to act in.</summary>
public interface IExecutionRoles
{
    /// <summary>The caller may hand the role on, and Lambda may assume it.</summary>
    /// <exception cref="AwsException">AccessDeniedException, or InvalidParameterValueException when the role does not trust
    /// Lambda.</exception>
    void Check(OperationContext context, string roleArn);
}
