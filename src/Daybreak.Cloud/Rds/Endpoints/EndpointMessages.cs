using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.Tags;

namespace Daybreak.Cloud.Rds.Endpoints;

internal sealed record CreateDBClusterEndpointMessage
{
    public string? DBClusterIdentifier { get; init; }

    public string? DBClusterEndpointIdentifier { get; init; }

    /// <summary><c>READER</c> or <c>ANY</c>.</summary>
    public string? EndpointType { get; init; }

    public IReadOnlyList<string>? StaticMembers { get; init; }

    public IReadOnlyList<string>? ExcludedMembers { get; init; }

    [ItemName("Tag")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyDBClusterEndpointMessage
{
    public string? DBClusterEndpointIdentifier { get; init; }

    public string? EndpointType { get; init; }

    public IReadOnlyList<string>? StaticMembers { get; init; }

    public IReadOnlyList<string>? ExcludedMembers { get; init; }
}

internal sealed record DeleteDBClusterEndpointMessage
{
    public string? DBClusterEndpointIdentifier { get; init; }
}

internal sealed record DescribeDBClusterEndpointsMessage
{
    public string? DBClusterIdentifier { get; init; }

    public string? DBClusterEndpointIdentifier { get; init; }

    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record DBClusterEndpointMessage
{
    public string? Marker { get; init; }

    [ItemName("DBClusterEndpointList")]
    public required IReadOnlyList<DBClusterEndpoint> DBClusterEndpoints { get; init; }
}

/// <summary>An endpoint in responses. The endpoints that every cluster has are without a name.</summary>
internal sealed record DBClusterEndpoint
{
    public string? DBClusterEndpointIdentifier { get; init; }

    public required string DBClusterIdentifier { get; init; }

    public string? DBClusterEndpointResourceIdentifier { get; init; }

    public required string Endpoint { get; init; }

    public required string Status { get; init; }

    /// <summary><c>WRITER</c>, <c>READER</c> or <c>CUSTOM</c>.</summary>
    public required string EndpointType { get; init; }

    public string? CustomEndpointType { get; init; }

    public IReadOnlyList<string>? StaticMembers { get; init; }

    public IReadOnlyList<string>? ExcludedMembers { get; init; }

    public string? DBClusterEndpointArn { get; init; }

    public static DBClusterEndpoint Of(CustomEndpoint endpoint) =>
        new()
        {
            DBClusterEndpointIdentifier = endpoint.Identifier,
            DBClusterIdentifier = endpoint.ClusterIdentifier,
            DBClusterEndpointResourceIdentifier = endpoint.ResourceId,
            Endpoint = endpoint.Address,
            Status = StatusName.Of(endpoint.Status),
            EndpointType = "CUSTOM",
            CustomEndpointType = endpoint.Reach == EndpointReach.Reader ? "READER" : "ANY",
            StaticMembers = endpoint.Members.Static,
            ExcludedMembers = endpoint.Members.Excluded,
            DBClusterEndpointArn = endpoint.Arn,
        };
}
