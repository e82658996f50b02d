using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;
using Microsoft.Extensions.Primitives;

namespace Daybreak.Cloud.Lambda.Vpcs;

/// <summary>Puts functions into VPCs: checks what requests ask for, and keeps their network interfaces.</summary>
internal sealed class VpcAccess(FunctionVersions versions, IFunctionNetworks networks, IExecutionRoles roles, IPermissions permissions)
{
    private static readonly ServiceAction DescribeSubnets = new("ec2:DescribeSubnets");
    private static readonly ServiceAction DescribeSecurityGroups = new("ec2:DescribeSecurityGroups");
    private static readonly ServiceAction CreateInterface = new("ec2:CreateNetworkInterface");
    private static readonly ServiceAction DescribeInterfaces = new("ec2:DescribeNetworkInterfaces");
    private static readonly ServiceAction DeleteInterface = new("ec2:DeleteNetworkInterface");

    // Interfaces are shared by functions, so that changes of two functions must not overlap.
    private readonly KeyedLock<(string AccountId, string Region)> _changes = new();

    /// <summary>Adds what a policy can say of the place: <c>lambda:SubnetIds</c> and the like.</summary>
    public void AddKeys(ContextKeys keys, VpcConfig? asked, OperationContext context)
    {
        if (asked?.SubnetIds is { Count: > 0 } subnets)
        {
            keys.Add("lambda:SubnetIds", new StringValues([.. subnets]));
            string[] vpcs =
            [
                .. subnets.Select(subnet => networks.VpcOf(context.AccountId, context.Region, subnet)).OfType<string>().Distinct(),
            ];
            if (vpcs.Length > 0)
                keys.Add("lambda:VpcIds", new StringValues(vpcs));
        }
        if (asked?.SecurityGroupIds is { Count: > 0 } groups)
            keys.Add("lambda:SecurityGroupIds", new StringValues([.. groups]));
    }

    /// <summary>The place that a request asks for; null: in no VPC.</summary>
    /// <exception cref="AwsException">There is no such place, or the caller may not see what it names.</exception>
    public FunctionVpc? Of(VpcConfig asked, OperationContext context)
    {
        var (subnets, groups) = (asked.SubnetIds ?? [], asked.SecurityGroupIds ?? []);
        if (subnets.Count > 0 != groups.Count > 0)
            throw LambdaErrors.SubnetsWithoutGroups();
        if (subnets.Count == 0)
            return null;
        MayDescribe(DescribeSubnets, subnets, context);
        MayDescribe(DescribeSecurityGroups, groups, context);
        var vpc = networks.VpcOf(context.AccountId, context.Region, subnets, groups);
        return new FunctionVpc(vpc, subnets, groups, asked.Ipv6AllowedForDualStack ?? false);
    }

    /// <summary>Refuses a role that could not manage network interfaces on AWS.</summary>
    public void CheckRole(FunctionState function, FunctionVpc vpc)
    {
        var ec2 = $"arn:aws:ec2:{function.Region}:{function.AccountId}";
        if (
            !May(CreateInterface, $"{ec2}:network-interface/*")
            || !vpc.SubnetIds.All(subnet => May(CreateInterface, $"{ec2}:subnet/{subnet}"))
            || !vpc.SecurityGroupIds.All(group => May(CreateInterface, $"{ec2}:security-group/{group}"))
        )
            throw LambdaErrors.RoleMayNot("CreateNetworkInterface");
        if (!May(DescribeInterfaces, "*"))
            throw LambdaErrors.RoleMayNot("DescribeNetworkInterfaces");
        if (!May(DeleteInterface, $"{ec2}:network-interface/*"))
            throw LambdaErrors.RoleMayNot("DeleteNetworkInterface");

        bool May(ServiceAction action, string resource) => roles.May(function.Role, function.Region, action, resource);
    }

    /// <summary>Makes a change of a version, with the network interfaces that there have to be before it, and without those that nobody
    /// needs after it.</summary>
    /// <param name="before">Null: the version is a new one.</param>
    /// <param name="after">Null: the version is deleted.</param>
    /// <returns>What the change returned.</returns>
    public async ValueTask<bool> ChangeAsync(FunctionState? before, FunctionState? after, Func<ValueTask<bool>> change)
    {
        if (Equals(before?.Vpc, after?.Vpc))
            return await change();
        var (account, region) = ((after ?? before)!.AccountId, (after ?? before)!.Region);
        using (await _changes.EnterAsync((account, region)))
        {
            try
            {
                if (after?.Vpc is { } vpc)
                    await networks.SetAsync(account, region, [.. UsersIn(account, region), (after.FunctionName, vpc)], vpc);
                return await change();
            }
            finally
            {
                await networks.SetAsync(account, region, UsersIn(account, region), null);
            }
        }
    }

    /// <summary>Makes interfaces match functions, whatever an earlier process left unfinished.</summary>
    public async Task FollowAsync(string accountId, string region)
    {
        using (await _changes.EnterAsync((accountId, region)))
            await networks.SetAsync(accountId, region, UsersIn(accountId, region), null);
    }

    private List<(string FunctionName, FunctionVpc Vpc)> UsersIn(string accountId, string region) =>
        [
            .. versions
                .In(accountId, region, withPublished: true)
                .Where(static version => version.Vpc is not null)
                .Select(static version => (version.FunctionName, version.Vpc!)),
        ];

    private void MayDescribe(ServiceAction action, IReadOnlyList<string> ids, OperationContext context)
    {
        if (permissions.Denial(context, action, "*", ContextKeys.None) is not null)
            throw LambdaErrors.MayNotDescribe(action.Text["ec2:".Length..], ids);
    }
}
