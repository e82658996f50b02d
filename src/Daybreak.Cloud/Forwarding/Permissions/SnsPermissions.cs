using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Forwarding.Permissions;

/// <summary>Actions of Amazon SNS, on the topic that a request names.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html</remarks>
internal static class SnsPermissions
{
    public static IReadOnlyList<ResourcePermission> Of(RequestedOperation operation, NeededPermissions needed) =>
        operation.Name switch
        {
            "PublishBatch" => [needed.On(operation.Text("TopicArn"), "Publish")],
            "CreateTopic" => [needed.On(operation.Text("Name") is { } name ? needed.Arn("sns", name) : null, "CreateTopic")],
            // A subscription is no resource of policies.
            _ => [needed.On(operation.Text("TopicArn") ?? operation.Text("TargetArn") ?? operation.Text("ResourceArn"), operation.Name)],
        };
}
