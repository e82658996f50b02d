using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Forwarding.Permissions;

/// <summary>Actions of Amazon SQS, on the queue that a request names by its URL, its name or its ARN.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html</remarks>
internal static class SqsPermissions
{
    private const string Batch = "Batch";

    public static IReadOnlyList<ResourcePermission> Of(RequestedOperation operation, string path, NeededPermissions needed)
    {
        // SQS writes actions in lower case in its denials. A batch needs what its entries need.
        var action = operation.Name?.ToLowerInvariant();
        if (operation.Name?.EndsWith(Batch, StringComparison.Ordinal) == true)
            action = action![..^Batch.Length];
        string[] queues =
        [
            .. new[]
            {
                OfUrl(operation.Text("QueueUrl"), needed),
                OfUrl(path, needed), // older clients send requests to the queue's URL
                operation.Text("QueueName") is { } name ? needed.Arn("sqs", name) : null,
                operation.Text("SourceArn"),
                operation.Text("DestinationArn"),
            }
                .OfType<string>()
                .Distinct(),
        ];
        return queues.Length == 0 ? [needed.On("*", action)] : [.. queues.Select(queue => needed.On(queue, action))];
    }

    /// <summary>The ARN of <c>…/ACCOUNT/NAME</c>.</summary>
    private static string? OfUrl(string? url, NeededPermissions needed)
    {
        if (url?.Split('?')[0].TrimEnd('/').Split('/') is not [.., var account, var name] || name.Length == 0)
            return null;
        return account.Length == 12 && account.All(char.IsAsciiDigit) ? needed.Arn("sqs", name, account) : needed.Arn("sqs", name);
    }
}
