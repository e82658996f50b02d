using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.Endpoints;

/// <summary>Checks of a custom endpoint's properties.</summary>
internal static class EndpointRules
{
    /// <summary>https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Custom.html</summary>
    public const int MostOfACluster = 5;

    /// <exception cref="Aws.AwsException">InvalidDBClusterEndpointStateFault</exception>
    public static void IsAvailable(CustomEndpoint endpoint)
    {
        if (endpoint.Status != EndpointStatus.Available)
            throw RdsErrors.InvalidEndpointState($"The endpoint {endpoint.Identifier} is in {StatusName.Of(endpoint.Status)} state.");
    }

    public static EndpointReach Reach(string? type) =>
        type?.ToUpperInvariant() switch
        {
            null or "" => throw RdsErrors.Blank("EndpointType"),
            "READER" => EndpointReach.Reader,
            "ANY" => EndpointReach.Any,
            "WRITER" => throw NotImplemented.Of("the EndpointType WRITER of custom endpoints"),
            _ => throw RdsErrors.InvalidValue($"Invalid endpoint type: {type}. Valid values: READER, ANY"),
        };

    /// <param name="before">The members until now. They stay when neither list is given; an empty list removes them.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterCombination: both lists are given. DBInstanceNotFound: the cluster does not
    /// have the member.</exception>
    public static EndpointMembers Members(
        IReadOnlyList<string>? asStatic,
        IReadOnlyList<string>? asExcluded,
        EndpointMembers before,
        IReadOnlyCollection<string> instances
    )
    {
        if (asStatic is { Count: > 0 } && asExcluded is { Count: > 0 })
            throw RdsErrors.InvalidCombination("StaticMembers and ExcludedMembers can not be specified together.");
        if (asStatic is null && asExcluded is null)
            return before;
        var allBut = asStatic is not { Count: > 0 };
        IReadOnlyList<string> named = [.. ((allBut ? asExcluded : asStatic) ?? []).Select(name => name.ToLowerInvariant()).Distinct()];
        foreach (var name in named)
        {
            if (!instances.Contains(name))
                throw RdsErrors.InstanceNotFound(name);
        }
        return new EndpointMembers(allBut, named);
    }
}
