using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>The parameter groups of clusters, as the API shows them.</summary>
internal sealed class ClusterParameterGroupOperations(ParameterGroupSet groups)
    : ParameterGroupOperations<DBClusterParameterGroupResult, DBClusterParameterGroupsMessage, DBClusterParameterGroupNameMessage>(
        groups,
        DBClusterParameterGroupResult.Of,
        DBClusterParameterGroupsMessage.Of,
        DBClusterParameterGroupNameMessage.Of
    )
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<CopyDBClusterParameterGroupMessage, DBClusterParameterGroupResult>("CopyDBClusterParameterGroup", CopyAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterParameterGroup, r.TargetDBClusterParameterGroupIdentifier),
            },
            new AwsOperation<CreateDBClusterParameterGroupMessage, DBClusterParameterGroupResult>(
                "CreateDBClusterParameterGroup",
                CreateAsync
            )
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterParameterGroup, r.DBClusterParameterGroupName),
            },
            new AwsOperation<DeleteDBClusterParameterGroupMessage, NoMembers>("DeleteDBClusterParameterGroup", DeleteAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterParameterGroup, r.DBClusterParameterGroupName),
            },
            new AwsOperation<DescribeDBClusterParameterGroupsMessage, DBClusterParameterGroupsMessage>(
                "DescribeDBClusterParameterGroups",
                DescribeAsync
            )
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterParameterGroup, r.DBClusterParameterGroupName),
            },
            new AwsOperation<DescribeDBClusterParametersMessage, DBParameterGroupDetails>(
                "DescribeDBClusterParameters",
                DescribeParametersAsync
            )
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterParameterGroup, r.DBClusterParameterGroupName),
            },
            new AwsOperation<DescribeEngineDefaultParametersMessage, EngineDefaultsResult>(
                "DescribeEngineDefaultClusterParameters",
                DescribeDefaultsAsync
            ),
            new AwsOperation<ModifyDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>(
                "ModifyDBClusterParameterGroup",
                ModifyAsync
            )
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterParameterGroup, r.DBClusterParameterGroupName),
            },
            new AwsOperation<ResetDBClusterParameterGroupMessage, DBClusterParameterGroupNameMessage>(
                "ResetDBClusterParameterGroup",
                ResetAsync
            )
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.ClusterParameterGroup, r.DBClusterParameterGroupName),
            },
        ];
}
