using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds;

/// <summary>Checks of what databases ask of the network.</summary>
internal sealed class NetworkRules(ISubnets network)
{
    /// <summary>The groups that a request names; the default group of the VPC when it names none.</summary>
    /// <exception cref="Aws.AwsException">There is no such group, or it is in another VPC.</exception>
    public IReadOnlyList<string> SecurityGroups(IReadOnlyList<string>? asked, string vpc, OperationContext context)
    {
        if (asked is not { Count: > 0 })
            return [network.DefaultSecurityGroup(context.AccountId, context.Region, vpc)];
        AreOf(vpc, asked, context);
        return asked;
    }

    /// <exception cref="Aws.AwsException">There is no such group, or it is in another VPC.</exception>
    public void AreOf(string vpc, IEnumerable<string> groups, OperationContext context)
    {
        foreach (var id in groups)
        {
            var owner =
                network.VpcOfSecurityGroup(context.AccountId, context.Region, id)
                ?? throw RdsErrors.InvalidValue($"Invalid security group , groupId= {id}, groupName=.");
            if (owner != vpc)
                throw RdsErrors.InvalidCombination("The DB instance and EC2 security group are in different VPCs.");
        }
    }

    /// <exception cref="Aws.AwsException">InvalidVPCNetworkStateFault</exception>
    public void MayBePublic(string vpc, OperationContext context)
    {
        if (!network.HasInternetGateway(context.AccountId, context.Region, vpc))
        {
            throw RdsErrors.InvalidNetworkState(
                "Cannot create a publicly accessible DBInstance. The specified VPC has no internet gateway attached.Update the VPC "
                    + "and then try again"
            );
        }
        if (!network.ResolvesNames(context.AccountId, context.Region, vpc))
        {
            throw RdsErrors.InvalidNetworkState(
                "Cannot create a publicly accessible DBInstance. The specified VPC does not support DNS resolution, DNS hostnames, "
                    + "or both. "
                    + "Update the VPC and then try again"
            );
        }
    }

    /// <exception cref="Aws.AwsException">InvalidVPCNetworkStateFault</exception>
    public void HasRoom(Subnet subnet, OperationContext context)
    {
        if (!network.HasFreeAddress(context.AccountId, context.Region, subnet.SubnetId))
            throw RdsErrors.InvalidNetworkState($"The subnet '{subnet.SubnetId}' in {subnet.AvailabilityZone} has no free IP address.");
    }
}
