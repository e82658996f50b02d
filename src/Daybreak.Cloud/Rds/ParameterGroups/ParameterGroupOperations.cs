using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>Parameter groups of one of the two kinds, as the API shows them.</summary>
/// <param name="result">Makes the response for one group.</param>
/// <param name="list">Makes the response for a page of groups.</param>
/// <param name="named">Makes the response that contains only a group's name.</param>
internal abstract class ParameterGroupOperations<TResult, TList, TName>(
    ParameterGroupSet groups,
    Func<ParameterGroup, OperationContext, TResult> result,
    Func<Page<ParameterGroup>, OperationContext, TList> list,
    Func<string, TName> named
)
{
    public async ValueTask<TResult> CreateAsync(CreateParameterGroupMessage request, OperationContext context) =>
        result(
            await groups.CreateAsync(context, request.Group, request.DBParameterGroupFamily, request.Description, request.Tags),
            context
        );

    public async ValueTask<TResult> CopyAsync(CopyParameterGroupMessage request, OperationContext context) =>
        result(await groups.CopyAsync(context, request.Group, request.Target, request.TargetDescription, request.Tags), context);

    public async ValueTask<NoMembers> DeleteAsync(ParameterGroupMessage request, OperationContext context)
    {
        await groups.DeleteAsync(context, request.Group);
        return NoMembers.Instance;
    }

    public async ValueTask<TList> DescribeAsync(DescribeParameterGroupsMessage request, OperationContext context) =>
        list(await groups.DescribeAsync(context, request.Group, request.Filters, request.MaxRecords, request.Marker), context);

    public async ValueTask<DBParameterGroupDetails> DescribeParametersAsync(DescribeParametersMessage request, OperationContext context)
    {
        var page = await groups.ParametersAsync(
            context,
            request.Group,
            request.Source,
            request.Filters,
            request.MaxRecords,
            request.Marker
        );
        return new DBParameterGroupDetails { Marker = page.Marker, Parameters = page.Items };
    }

    public async ValueTask<EngineDefaultsResult> DescribeDefaultsAsync(
        DescribeEngineDefaultParametersMessage request,
        OperationContext context
    )
    {
        var page = await groups.DefaultsAsync(request.DBParameterGroupFamily, request.Filters, request.MaxRecords, request.Marker);
        return new EngineDefaultsResult
        {
            EngineDefaults = new EngineDefaults
            {
                DBParameterGroupFamily = request.DBParameterGroupFamily!,
                Marker = page.Marker,
                Parameters = page.Items,
            },
        };
    }

    public async ValueTask<TName> ModifyAsync(ModifyParameterGroupMessage request, OperationContext context) =>
        named(
            await groups.ChangeAsync(context, request.Group, (group, catalog) => ParameterChange.Modify(group, request.Parameters, catalog))
        );

    public async ValueTask<TName> ResetAsync(ResetParameterGroupMessage request, OperationContext context) =>
        named(
            await groups.ChangeAsync(
                context,
                request.Group,
                (group, catalog) => ParameterChange.Reset(group, request.ResetAllParameters, request.Parameters, catalog)
            )
        );
}
