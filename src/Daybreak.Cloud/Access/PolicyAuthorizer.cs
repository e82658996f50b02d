using System.Collections.Concurrent;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Access;

/// <summary>Enforces policies on every operation of every service. No request bypasses it.</summary>
public sealed class PolicyAuthorizer(CallerSnapshots callers, EncodedDenials encoded, TimeProvider time) : IAuthorizer, IPermissions
{
    private readonly ConcurrentDictionary<AwsOperation, ServiceAction> _actions = new();

    public void Authorize(AwsService service, AwsOperation operation, object record, OperationContext context)
    {
        callers.NoteUse(context.Caller, service.Name, context.Region);
        if (operation.IsOpen)
            return;
        var action = _actions.GetOrAdd(
            operation,
            static (operation, service) => new ServiceAction($"{service.Name}:{operation.Action}"),
            service
        );
        if (operation.PermissionsOf(record, context) is not { } permissions)
        {
            var request = Request(
                context,
                action,
                operation.ResourceOf(record, context),
                operation.KeysOf(record, context),
                shown: operation.ShownResourceOf(record),
                place: operation.PlaceInDenials
            );
            Authorize(service, operation, request, context, operation.ResourcePolicyOf(record, context));
            return;
        }
        foreach (var permission in permissions)
        {
            var needed = permission.Action is null ? action : new ServiceAction($"{service.Name}:{permission.Action}");
            var request = Request(
                context,
                needed,
                permission.Resource,
                permission.Keys,
                permission.Account,
                place: operation.PlaceInDenials
            );
            Authorize(service, operation, request, context, permission.Policy, permission.Keys);
        }
    }

    public string? Denial(
        OperationContext context,
        ServiceAction action,
        string resource,
        IContextKeys keys,
        AttachedPolicy? resourcePolicy = null
    )
    {
        var request = Request(context, action, resource, keys);
        var decision = Decide(request, context, resourcePolicy);
        return decision.IsAllowed ? null : DenialMessage.For(request, decision);
    }

    private void Authorize(
        AwsService service,
        AwsOperation operation,
        RequestContext request,
        OperationContext context,
        AttachedPolicy? resourcePolicy,
        IContextKeys? shown = null
    )
    {
        var decision = Decide(request, context, resourcePolicy);
        if (context.Route?.EndpointPolicy is { } endpointPolicy)
            decision = PolicyEvaluator.DecideAtEndpoint(request, endpointPolicy, decision);
        if (decision.IsAllowed)
            return;
        var message =
            operation.HidesReason ? DenialMessage.WithoutReason(request)
            : !service.EncodesDenials ? DenialMessage.For(request, decision)
            : request.Resource == "*" ? DenialMessage.WithoutStar(request, decision)
            : $"{DenialMessage.For(request, decision)}. Encoded authorization failure message: "
                + $"{encoded.Encode(request, decision, shown as ContextKeys)}";
        throw service.Protocol.Refuse(Refusal.AccessDenied, message);
    }

    private RequestContext Request(
        OperationContext context,
        ServiceAction action,
        string resource,
        IContextKeys keys,
        string? account = null,
        string? shown = null,
        string? place = null
    ) =>
        new(
            context.Caller.Principal,
            action,
            resource,
            account ?? AccountOf(resource) ?? context.AccountId,
            new JoinedKeys(keys, callers.Of(context.Caller)?.Keys ?? ContextKeys.None, context.Circumstances, time)
        )
        {
            ShownResource = shown,
            ShownPlace = place,
        };

    private Decision Decide(RequestContext request, OperationContext context, AttachedPolicy? resourcePolicy) =>
        PolicyEvaluator.Decide(request, callers.Of(context.Caller)?.Policies ?? PrincipalPolicies.None, resourcePolicy);

    /// <summary>Returns null when the resource names no account, or belongs to AWS.</summary>
    private static string? AccountOf(string resource) =>
        Daybreak.Aws.Arn.TryParse(resource, out var arn) && arn.AccountId.Length == 12 ? arn.AccountId : null;
}
