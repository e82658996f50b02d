using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam;

/// <summary>Context keys that follow from a request to IAM.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html</remarks>
internal static class IamKeys
{
    public static ContextKeys Policy(string arn) => new() { { "iam:PolicyARN", arn } };

    public static ContextKeys Service(string name) => new() { { "iam:AWSServiceName", name } };

    public static ContextKeys Tags(IReadOnlyList<Tag>? tags, string? boundary = null)
    {
        var keys = new ContextKeys();
        keys.AddTags(tags);
        if (boundary is not null)
            keys.Add("iam:PermissionsBoundary", boundary);
        return keys;
    }
}
