using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Stands in for the service when none was found, so that the error still has a form the client can read.</summary>
internal static class UnknownService
{
    private static readonly RestJsonProtocol Json = new();
    private static readonly QueryProtocol Query = new();

    public static readonly AwsService Instance = new() { Name = "unknown", Protocol = Json, Version = "", Operations = [] };

    public static IProtocol ProtocolOf(AwsRequest request) =>
        request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true ? Query : Json;
}
