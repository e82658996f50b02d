using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Authorization;

/// <summary>
/// The permissions that requests need: first on the resources that they name, then on any resource of the kind that they create, then
/// for the tags that they give to it.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html</remarks>
internal static class Ec2Permissions
{
    private const string Rule = "security-group-rule";

    /// <param name="operation">Name of the operation, as in <c>ec2:CreateAction</c>.</param>
    /// <param name="makes">Kind of resource that the operation creates; null when it creates none.</param>
    /// <param name="named">Ids that a request names, by kind as in ARNs. When it names none of the first kind, any resource of that kind is
    /// meant.</param>
    public static IEnumerable<ResourcePermission> Of<TRequest>(
        TRequest request,
        OperationContext context,
        Network network,
        string operation,
        string? makes,
        ImmutableArray<(string Kind, Func<TRequest, Network, IEnumerable<string?>> IdsOf)> named
    )
        where TRequest : Ec2Request
    {
        var any = false;
        foreach (var (kind, idsOf) in named)
        {
            foreach (var id in idsOf(request, network))
            {
                if (string.IsNullOrEmpty(id))
                    continue;
                any = true;
                yield return new ResourcePermission(Ec2Arn.Of(context, kind, id), ResourceKeys.Of(ResourceSets.Find(network, id), network));
            }
        }
        if (makes is null)
        {
            if (!any)
                yield return new ResourcePermission(
                    named is [var first, ..] ? Ec2Arn.Of(context, first.Kind, null) : "*",
                    ResourceKeys.Of(context.Region)
                );
            yield break;
        }
        List<Tag> tags = [.. ((request as CreationRequest)?.TagSpecifications ?? []).SelectMany(specification => specification.Tags ?? [])];
        // A policy has to name a rule only when the rule gets tags.
        if (makes == Rule && tags.Count == 0)
            yield break;
        var made = Ec2Arn.Of(context, makes, null);
        yield return new ResourcePermission(made, OfNew(request, context, tags));
        if (tags.Count == 0)
            yield break;
        var keys = OfNew(request, context, tags);
        keys.Add("ec2:CreateAction", operation);
        yield return new ResourcePermission(made, keys, "CreateTags");
    }

    /// <summary>Permissions of CreateTags and DeleteTags, one on each resource.</summary>
    public static IEnumerable<ResourcePermission> OfTags(TagsRequest request, OperationContext context, Network network)
    {
        foreach (var id in request.ResourceIds is { Count: > 0 } ids ? ids : [""])
        {
            var keys = ResourceKeys.Of(ResourceSets.Find(network, id), network);
            ResourceKeys.AddTags(keys, request.Tags ?? []);
            yield return new ResourcePermission(ResourceSets.Of(id)?.Kind is { } kind ? Ec2Arn.Of(context, kind, id) : "*", keys);
        }
    }

    private static ContextKeys OfNew(Ec2Request request, OperationContext context, IEnumerable<Tag> tags)
    {
        var keys = ResourceKeys.Of(context.Region);
        ResourceKeys.AddTags(keys, tags);
        if (request is CreateVpcEndpointRequest { ServiceName: { } service })
            ResourceKeys.AddService(keys, service, context.Region);
        if (request is CreateVpcPeeringConnectionRequest { VpcId: { } requester, PeerVpcId: { } accepter })
            ResourceKeys.AddSides(keys, requester, accepter, context.AccountId, context.Region);
        return keys;
    }
}
