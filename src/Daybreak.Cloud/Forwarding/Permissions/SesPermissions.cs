using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Forwarding.Permissions;

/// <summary>Actions of Amazon SES: sending mail, by the domain that it comes from.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html</remarks>
internal static class SesPermissions
{
    public static IReadOnlyList<ResourcePermission> Of(RequestedOperation operation, AwsRequest request, NeededPermissions needed)
    {
        var action = operation.Name ?? (request.Method == "POST" && request.RawPath == "/v2/email/outbound-emails" ? "SendEmail" : null);
        var from = operation.Text("Source");
        if (from is null || action?.StartsWith("Send", StringComparison.Ordinal) != true)
            return [needed.On("*", action)];
        var address = from[(from.LastIndexOf('<') + 1)..].TrimEnd('>', ' ');
        return
        [
            needed.On(
                needed.Arn("ses", $"identity/{address[(address.LastIndexOf('@') + 1)..]}"),
                action,
                new ContextKeys { { "ses:FromAddress", address } }
            ),
        ];
    }
}
