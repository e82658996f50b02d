using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>Parameter groups of instances, as the API shows them.</summary>
internal sealed class InstanceParameterGroups(ParameterGroupSet groups)
{
    public async ValueTask<DBParameterGroupResult> CreateAsync(CreateDBParameterGroupMessage request, OperationContext context) =>
        Result(await groups.CreateAsync(context, request.DBParameterGroupName, request.DBParameterGroupFamily, request.Description, request.Tags), context);

    public async ValueTask<DBParameterGroupResult> CopyAsync(CopyDBParameterGroupMessage request, OperationContext context) =>
        Result(
            await groups.CopyAsync(
                context, request.SourceDBParameterGroupIdentifier, request.TargetDBParameterGroupIdentifier, request.TargetDBParameterGroupDescription, request.Tags),
            context);

    public async ValueTask<NoMembers> DeleteAsync(DeleteDBParameterGroupMessage request, OperationContext context)
    {
        await groups.DeleteAsync(context, request.DBParameterGroupName);
        return NoMembers.Instance;
    }

    public async ValueTask<DBParameterGroupsMessage> DescribeAsync(DescribeDBParameterGroupsMessage request, OperationContext context)
    {
        var page = await groups.DescribeAsync(context, request.DBParameterGroupName, request.MaxRecords, request.Marker);
        return new DBParameterGroupsMessage { Marker = page.Marker, DBParameterGroups = [.. page.Items.Select(group => Result(group, context).DBParameterGroup)] };
    }

    public async ValueTask<DBParameterGroupDetails> DescribeParametersAsync(DescribeDBParametersMessage request, OperationContext context)
    {
        var page = await groups.ParametersAsync(context, request.DBParameterGroupName, request.Source, request.MaxRecords, request.Marker);
        return new DBParameterGroupDetails { Marker = page.Marker, Parameters = page.Items };
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

    public async ValueTask<DBParameterGroupNameMessage> ModifyAsync(ModifyDBParameterGroupMessage request, OperationContext context) => new()
    {
        DBParameterGroupName = await groups.ChangeAsync(
            context, request.DBParameterGroupName, (group, catalog) => ParameterChange.Modify(group, request.Parameters, catalog)),
    };

    public async ValueTask<DBParameterGroupNameMessage> ResetAsync(ResetDBParameterGroupMessage request, OperationContext context) => new()
    {
        DBParameterGroupName = await groups.ChangeAsync(
            context, request.DBParameterGroupName, (group, catalog) => ParameterChange.Reset(group, request.ResetAllParameters, request.Parameters, catalog)),
    };

    private static DBParameterGroupResult Result(ParameterGroup group, OperationContext context) => new()
    {
        DBParameterGroup = new DBParameterGroup
        {
            DBParameterGroupName = group.Name,
            DBParameterGroupFamily = group.Family,
            Description = group.Description,
            DBParameterGroupArn = RdsArn.Of(context, RdsArn.ParameterGroup, group.Name),
        },
    };
}
