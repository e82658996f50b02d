using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Forwarding.Permissions;

/// <summary>
/// What a policy of the caller has to allow for a request of another service. Policies of the resources themselves, such as those of queues
/// and buckets, are the other service's, and add nothing here.
/// </summary>
/// <param name="region">The Region that the request is signed for.</param>
/// <param name="accountId">The caller's account.</param>
internal sealed class NeededPermissions(string region, string accountId)
{
    /// <summary>Every action of the service: for requests whose operation only the service knows.</summary>
    private const string EveryAction = "*";

    /// <summary>Prefixes of actions that differ from the name that requests are signed for.</summary>
    private static readonly Dictionary<string, string> Prefixes = new()
    {
        ["monitoring"] = "cloudwatch",
        ["email"] = "ses",
        ["tagging"] = "tag",
    };

    /// <summary>The service as actions of policies name it.</summary>
    public static string PrefixOf(string service) => Prefixes.GetValueOrDefault(service, service);

    public IReadOnlyList<ResourcePermission> Of(RequestedOperation operation, AwsRequest request) =>
        operation.Service switch
        {
            "s3" => S3Permissions.Of(request, this),
            "sqs" => SqsPermissions.Of(operation, request.RawPath, this),
            "sns" => SnsPermissions.Of(operation, this),
            "dynamodb" => DynamoDbPermissions.Of(operation, this),
            "events" => EventBridgePermissions.Of(operation, this),
            "ses" or "email" => SesPermissions.Of(operation, request, this),
            _ => OfOther(operation),
        };

    /// <summary>The ARN of a resource in the caller's account.</summary>
    /// <param name="account">Another account than the caller's.</param>
    public string Arn(string service, string resource, string? account = null)
    {
        var partition = AwsRegion.TryParse(region, out var parsed) ? parsed.Partition : AwsPartition.Aws;
        return $"arn:{partition.Name}:{service}:{region}:{account ?? accountId}:{resource}";
    }

    public ResourcePermission On(string? resource, string? action, ContextKeys? keys = null) =>
        new(resource is { Length: > 0 } ? resource : "*", keys ?? ContextKeys.None, action ?? EveryAction) { Account = accountId };

    /// <summary>The operation on the resources that its parameters name by ARN; on <c>*</c> if there is none.</summary>
    private ResourcePermission[] OfOther(RequestedOperation operation)
    {
        if (operation.Name is null)
            return [On("*", EveryAction)];
        string[] arns =
            operation.Parameters.ValueKind == JsonValueKind.Object
                ?
                [
                    .. operation
                        .Parameters.EnumerateObject()
                        .Where(static member => member.Value.ValueKind == JsonValueKind.String)
                        .Select(static member => member.Value.GetString()!)
                        .Where(text => Aws.Arn.TryParse(text, out var arn) && arn.Service == PrefixOf(operation.Service))
                        .Distinct(),
                ]
                : [];
        return arns.Length == 0 ? [On("*", operation.Name)] : [.. arns.Select(arn => On(arn, operation.Name))];
    }
}
