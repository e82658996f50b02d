using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Rds.Settings;

/// <summary>The roles with which enhanced monitoring would write its data.</summary>
internal sealed class MonitoringRoles(IRoleCredentials roles, IPermissions permissions)
{
    private const string Service = "monitoring.rds.amazonaws.com";

    private static readonly ServiceAction PassRole = new("iam:PassRole");

    /// <exception cref="Aws.AwsException">The caller may not pass the role, or monitoring may not assume it.</exception>
    public void Check(string roleArn, OperationContext context)
    {
        if (permissions.Denial(context, PassRole, roleArn, new ContextKeys { { "iam:PassedToService", Service } }) is { } denial)
            throw RdsErrors.AccessDenied(denial);
        if (roles.WhyNot(Service, roleArn, context.AccountId) is not null)
            throw RdsErrors.InvalidValue(
                "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING"
            );
    }
}
