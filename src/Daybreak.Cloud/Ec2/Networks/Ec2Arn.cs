using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>ARNs of EC2: <c>arn:aws:ec2:REGION:ACCOUNT:KIND/ID</c>.</summary>
internal static class Ec2Arn
{
    public static string Of(Network network, Resource resource) => Of(network.AccountId, network.Region, resource.Kind, resource.Id);

    /// <summary>The ARN for authorization: that of a resource, or any of its kind when there is no id.</summary>
    public static string Of(OperationContext context, string kind, string? id) =>
        Of(context.AccountId, context.Region, kind, string.IsNullOrEmpty(id) ? "*" : id);

    public static string Of(string accountId, string region, string kind, string id) => $"arn:aws:ec2:{region}:{accountId}:{kind}/{id}";
}
