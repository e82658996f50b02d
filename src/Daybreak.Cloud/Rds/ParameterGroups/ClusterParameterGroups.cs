using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>Parameter groups of clusters, as the API shows them.</summary>
internal sealed class ClusterParameterGroups(ParameterGroupSet groups)
{
    public async ValueTask<DBClusterParameterGroupResult> CreateAsync(CreateDBClusterParameterGroupMessage request, OperationContext context) =>
        Result(await groups.CreateAsync(context, request.DBClusterParameterGroupName, request.DBParameterGroupFamily, request.Description, request.Tags), context);

    public async ValueTask<DBClusterParameterGroupResult> CopyAsync(CopyDBClusterParameterGroupMessage request, OperationContext context) =>
        Result(
            await groups.CopyAsync(
                context, request.SourceDBClusterParameterGroupIdentifier, request.TargetDBClusterParameterGroupIdentifier, request.TargetDBClusterParameterGroupDescription, request.Tags),
            context);

    public async ValueTask<NoMembers> DeleteAsync(DeleteDBClusterParameterGroupMessage request, OperationContext context)
    {
        await groups.DeleteAsync(context, request.DBClusterParameterGroupName);
        return NoMembers.Instance;
    }

    public async ValueTask<DBClusterParameterGroupsMessage> DescribeAsync(DescribeDBClusterParameterGroupsMessage request, OperationContext context)
    {
        var page = await groups.DescribeAsync(context, request.DBClusterParameterGroupName, request.MaxRecords, request.Marker);
        return new DBClusterParameterGroupsMessage { Marker = page.Marker, DBClusterParameterGroups = [.. page.Items.Select(group => Result(group, context).DBClusterParameterGroup)] };
    }

    public async ValueTask<DBClusterParameterGroupDetails> DescribeParametersAsync(DescribeDBClusterParametersMessage request, OperationContext context)
    {
        var page = await groups.ParametersAsync(context, request.DBClusterParameterGroupName, request.Source, request.MaxRecords, request.Marker);
        return new DBClusterParameterGroupDetails { Marker = page.Marker, Parameters = page.Items };
    }

    public async ValueTask<EngineDefaultsResult> DescribeDefaultsAsync(DescribeEngineDefaultParametersMessage request, OperationContext context)
    {
        var page = await groups.DefaultsAsync(request.DBParameterGroupFamily, request.MaxRecords, request.Marker);
        return new EngineDefaultsResult
        {
            EngineDefaults = new EngineDefaults
            {
                DBParameterGroupFamily = request.DBParameterGroupFamily!, Marker = page.Marker, Parameters = page.Items,
            },
        };
    }

    public async ValueTask<DBClusterParameterGroupNameMessage> ModifyAsync(ModifyDBClusterParameterGroupMessage request, OperationContext context) => new()
    {
        DBClusterParameterGroupName = await groups.ChangeAsync(
            context, request.DBClusterParameterGroupName, (group, catalog) => ParameterChange.Modify(group, request.Parameters, catalog)),
    };

    public async ValueTask<DBClusterParameterGroupNameMessage> ResetAsync(ResetDBClusterParameterGroupMessage request, OperationContext context) => new()
    {
        DBClusterParameterGroupName = await groups.ChangeAsync(
            context, request.DBClusterParameterGroupName, (group, catalog) => ParameterChange.Reset(group, request.ResetAllParameters, request.Parameters, catalog)),
    };

    private static DBClusterParameterGroupResult Result(ParameterGroup group, OperationContext context) => new()
    {
        DBClusterParameterGroup = new DBClusterParameterGroup
        {
            DBClusterParameterGroupName = group.Name,
            DBParameterGroupFamily = group.Family,
            Description = group.Description,
            DBClusterParameterGroupArn = RdsArn.Of(context, RdsArn.ClusterParameterGroup, group.Name),
        },
    };
}
