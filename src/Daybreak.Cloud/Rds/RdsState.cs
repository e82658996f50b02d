using System.Text.Json.Serialization;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Snapshots;
using Daybreak.Cloud.Rds.SubnetGroups;

namespace Daybreak.Cloud.Rds;

/// <summary>The form of RDS's resources in the state.</summary>
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Cluster))]
[JsonSerializable(typeof(Instance))]
[JsonSerializable(typeof(ClusterSnapshot))]
[JsonSerializable(typeof(CustomEndpoint))]
[JsonSerializable(typeof(SubnetGroup))]
[JsonSerializable(typeof(ParameterGroup))]
[JsonSerializable(typeof(DatabaseEvent))]
internal sealed partial class RdsState : JsonSerializerContext;
