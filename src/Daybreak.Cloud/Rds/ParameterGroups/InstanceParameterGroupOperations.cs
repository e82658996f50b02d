using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>The parameter groups of instances, as the API shows them.</summary>
internal sealed class InstanceParameterGroupOperations(ParameterGroupSet groups)
    : ParameterGroupOperations<DBParameterGroupResult, DBParameterGroupsMessage, DBParameterGroupNameMessage>(
        groups,
        DBParameterGroupResult.Of,
        DBParameterGroupsMessage.Of,
        DBParameterGroupNameMessage.Of
    )
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CopyDBParameterGroupMessage, DBParameterGroupResult>("CopyDBParameterGroup", CopyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ParameterGroup, r.TargetDBParameterGroupIdentifier),
            },
            new AwsOperation<CreateDBParameterGroupMessage, DBParameterGroupResult>("CreateDBParameterGroup", CreateAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ParameterGroup, r.DBParameterGroupName),
            },
            new AwsOperation<DeleteDBParameterGroupMessage, NoMembers>("DeleteDBParameterGroup", DeleteAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ParameterGroup, r.DBParameterGroupName),
            },
            new AwsOperation<DescribeDBParameterGroupsMessage, DBParameterGroupsMessage>("DescribeDBParameterGroups", DescribeAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ParameterGroup, r.DBParameterGroupName),
            },
            new AwsOperation<DescribeDBParametersMessage, DBParameterGroupDetails>("DescribeDBParameters", DescribeParametersAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ParameterGroup, r.DBParameterGroupName),
            },
            new AwsOperation<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>(
                "DescribeEngineDefaultParameters",
                DescribeDefaultsAsync
            ),
            new AwsOperation<ModifyDBParameterGroupMessage, DBParameterGroupNameMessage>("ModifyDBParameterGroup", ModifyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ParameterGroup, r.DBParameterGroupName),
            },
            new AwsOperation<ResetDBParameterGroupMessage, DBParameterGroupNameMessage>("ResetDBParameterGroup", ResetAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ParameterGroup, r.DBParameterGroupName),
            },
        ];
}
