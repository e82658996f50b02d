using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Forwarding.Permissions;

/// <summary>Actions of Amazon EventBridge, on event buses and rules.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html</remarks>
internal static class EventBridgePermissions
{
    private const string Default = "default";

    private static readonly HashSet<string> OfRules =
    [
        "DeleteRule",
        "DescribeRule",
        "DisableRule",
        "EnableRule",
        "ListTargetsByRule",
        "PutRule",
        "PutTargets",
        "RemoveTargets",
    ];

    private static readonly HashSet<string> OfBuses =
    [
        "CreateEventBus",
        "DeleteEventBus",
        "DescribeEventBus",
        "PutPermission",
        "RemovePermission",
        "UpdateEventBus",
    ];

    public static IReadOnlyList<ResourcePermission> Of(RequestedOperation operation, NeededPermissions needed) =>
        operation.Name switch
        {
            "PutEvents" =>
            [
                .. operation
                    .List("Entries")
                    .Select(static entry => RequestedOperation.Text(entry, "EventBusName"))
                    .DefaultIfEmpty(null)
                    .Distinct()
                    .Select(bus => needed.On(Bus(bus, needed), "PutEvents")),
            ],
            { } name when OfRules.Contains(name) => [needed.On(Rule(operation, needed), name)],
            { } name when OfBuses.Contains(name) =>
            [
                needed.On(Bus(operation.Text("Name") ?? operation.Text("EventBusName"), needed), name),
            ],
            _ => [needed.On(operation.Text("ResourceARN"), operation.Name)],
        };

    private static string Bus(string? bus, NeededPermissions needed) =>
        bus?.StartsWith("arn:", StringComparison.Ordinal) == true ? bus : needed.Arn("events", $"event-bus/{bus ?? Default}");

    private static string Rule(RequestedOperation operation, NeededPermissions needed)
    {
        var name = operation.Text("Rule") ?? operation.Text("Name");
        var bus = operation.Text("EventBusName") is { } given ? given[(given.LastIndexOf('/') + 1)..] : Default;
        return needed.Arn("events", bus == Default ? $"rule/{name}" : $"rule/{bus}/{name}");
    }
}
