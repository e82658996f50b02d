using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Simulation;

/// <summary>Evaluates simulated requests with the evaluator of real ones.</summary>
public sealed class PolicySimulation(IamState state, PrincipalPolicyReader reader)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<GetContextKeysForCustomPolicyRequest, GetContextKeysResponse>(
                "GetContextKeysForCustomPolicy",
                GetKeysForCustom
            ),
            new AwsOperation<GetContextKeysForPrincipalPolicyRequest, GetContextKeysResponse>(
                "GetContextKeysForPrincipalPolicy",
                GetKeysForPrincipal
            )
            {
                Resource = static (r, c) => r.PolicySourceArn,
            },
            new AwsOperation<SimulateCustomPolicyRequest, SimulationResponse>("SimulateCustomPolicy", SimulateCustom),
            new AwsOperation<SimulatePrincipalPolicyRequest, SimulationResponse>("SimulatePrincipalPolicy", SimulatePrincipal)
            {
                Resource = static (r, c) => r.PolicySourceArn,
            },
        ];

    public SimulationResponse SimulateCustom(SimulateCustomPolicyRequest request, OperationContext context)
    {
        var policies = Inputs(request.PolicyInputList, "PolicyInputList", PolicyKind.Identity, PolicyDialect.InlinePolicy);
        var caller =
            CallerOf(request.CallerArn, context)
            ?? new Principal.User(
                context.AccountId,
                $"arn:aws:iam::{context.AccountId}:user/simulated",
                "simulated",
                "AIDASIMULATED00000000"
            );
        return Simulate(request, new PrincipalPolicies(policies, null, []), caller, null);
    }

    public SimulationResponse SimulatePrincipal(SimulatePrincipalPolicyRequest request, OperationContext context)
    {
        var (own, identity) = PoliciesOf(request.PolicySourceArn, context);
        var added = Inputs(request.PolicyInputList, "PolicyInputList", PolicyKind.Identity, PolicyDialect.InlinePolicy);
        var caller = CallerOf(request.CallerArn, context) ?? PrincipalOf(identity);
        return Simulate(request, own with { Identity = own.Identity.AddRange(added) }, caller, new OrganizationsDecisionDetail());
    }

    public static GetContextKeysResponse GetKeysForCustom(GetContextKeysForCustomPolicyRequest request, OperationContext context) =>
        KeysOf(Inputs(request.PolicyInputList, "PolicyInputList", PolicyKind.Identity, PolicyDialect.InlinePolicy));

    public GetContextKeysResponse GetKeysForPrincipal(GetContextKeysForPrincipalPolicyRequest request, OperationContext context) =>
        KeysOf(
            PoliciesOf(request.PolicySourceArn, context)
                .Policies.Identity.AddRange(
                    Inputs(request.PolicyInputList, "PolicyInputList", PolicyKind.Identity, PolicyDialect.InlinePolicy)
                )
        );

    private static SimulationResponse Simulate(
        SimulationRequest request,
        PrincipalPolicies policies,
        Principal caller,
        OrganizationsDecisionDetail? organizations
    )
    {
        var boundary = Inputs(
            request.PermissionsBoundaryPolicyInputList,
            "PermissionsBoundaryPolicyInputList",
            PolicyKind.PermissionsBoundary,
            PolicyDialect.InlinePolicy
        );
        if (boundary.Length > 1)
            throw IamErrors.InvalidInput("Only one permissions boundary policy can be specified.");
        if (boundary.Length == 1)
            policies = policies with { Boundary = boundary[0] };
        var resourcePolicy = Inputs(
                request.ResourcePolicy is { } text ? [text] : [],
                "ResourcePolicy",
                PolicyKind.Resource,
                PolicyDialect.ResourcePolicy
            )
            .FirstOrDefault();

        var keys = new ContextKeys();
        foreach (var entry in request.ContextEntries ?? [])
            if (entry.ContextKeyName is { } name)
                keys.Add(name, entry.ContextKeyValues?.ToArray() ?? []);
        var results = new List<EvaluationResult>();
        foreach (var name in request.ActionNames)
        {
            var action = Action(name);
            foreach (var resource in request.ResourceArns is { Count: > 0 } resources ? resources : ["*"])
            {
                var account =
                    request.ResourceOwner is { } owner && Aws.Arn.TryParse(owner, out var arn) ? arn.AccountId : caller.Account ?? "";
                var simulated = new RequestContext(caller, action, resource, account, keys);
                results.Add(Describe(simulated, policies, resourcePolicy, organizations, request.ResourceArns is { Count: > 0 }));
            }
        }
        var numbered = results.Select(
            static (result, index) => (Key: index.ToString("D8", System.Globalization.CultureInfo.InvariantCulture), result)
        );
        var page = Page.Of(numbered, static item => item.Key, request.Marker, request.MaxItems);
        return new SimulationResponse
        {
            EvaluationResults = [.. page.Items.Select(static item => item.result)],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    private static EvaluationResult Describe(
        RequestContext request,
        PrincipalPolicies policies,
        AttachedPolicy? resourcePolicy,
        OrganizationsDecisionDetail? organizations,
        bool perResource
    )
    {
        var decision = PolicyEvaluator.Decide(request, policies, resourcePolicy);
        var outcome = decision.Outcome switch
        {
            Outcome.Allow => "allowed",
            Outcome.ExplicitDeny => "explicitDeny",
            _ => "implicitDeny",
        };
        MatchedStatement[] statements = [.. decision.Statements.Select(Describe)];
        string[] missing =
        [
            .. KeyNames(resourcePolicy is null ? policies.Identity : policies.Identity.Add(resourcePolicy))
                .Where(key => !request.TryGetKey(key, out _)),
        ];
        return new EvaluationResult
        {
            EvalActionName = request.Action.Text,
            EvalResourceName = request.Resource,
            EvalDecision = outcome,
            EvalDecisionDetails = ImmutableDictionary<string, string>.Empty,
            MatchedStatements = statements,
            MissingContextValues = missing,
            OrganizationsDecisionDetail = organizations,
            PermissionsBoundaryDecisionDetail = policies.Boundary is null
                ? null
                : new PermissionsBoundaryDecisionDetail
                {
                    AllowedByPermissionsBoundary = decision.DecidedBy != PolicyKind.PermissionsBoundary,
                },
            ResourceSpecificResults = perResource
                ?
                [
                    new ResourceSpecificResult
                    {
                        EvalResourceName = request.Resource,
                        EvalResourceDecision = outcome,
                        MatchedStatements = statements,
                        MissingContextValues = missing,
                    },
                ]
                : null,
        };
    }

    private static MatchedStatement Describe(DecidingStatement statement)
    {
        static Position At(TextPosition position) => new() { Line = position.Line, Column = position.Column };
        var span = statement.Statement.Span;
        var id = statement.Policy.Id;
        return new MatchedStatement
        {
            SourcePolicyId = id[(id.LastIndexOf('/') + 1)..],
            SourcePolicyType = statement.Policy.Kind == PolicyKind.Resource ? "Resource Policy" : "IAM Policy",
            StartPosition = At(span.Start),
            EndPosition = At(span.End),
        };
    }

    private static ImmutableArray<AttachedPolicy> Inputs(
        IReadOnlyList<string>? texts,
        string name,
        PolicyKind kind,
        PolicyDialect dialect
    ) =>
        [
            .. (texts ?? []).Select(
                (text, index) =>
                    PolicyParser.TryParse(text, dialect, out var document, out var defect)
                        ? new AttachedPolicy(kind, $"{name}.{index + 1}", document)
                        : throw IamErrors.InvalidInput($"Invalid input in {name}.{index + 1}: {defect}")
            ),
        ];

    private static ServiceAction Action(string name)
    {
        try
        {
            return new ServiceAction(name);
        }
        catch (FormatException)
        {
            throw IamErrors.InvalidInput($"Invalid action: {name}");
        }
    }

    private static GetContextKeysResponse KeysOf(ImmutableArray<AttachedPolicy> policies) =>
        new() { ContextKeyNames = [.. KeyNames(policies)] };

    private static IEnumerable<string> KeyNames(ImmutableArray<AttachedPolicy> policies) =>
        policies.SelectMany(static policy => policy.Document.ContextKeys).Distinct(StringComparer.OrdinalIgnoreCase);

    private (PrincipalPolicies Policies, Identity Identity) PoliciesOf(string arn, OperationContext context) =>
        Find(arn, context) switch
        {
            User user => (reader.Of(user), user),
            Role role => (reader.Of(role), role),
            { } group => (new PrincipalPolicies([.. reader.OwnOf(group)], null, []), group),
            null => throw IamErrors.NoSuchEntity($"The entity {arn} cannot be found."),
        };

    private Identity? Find(string text, OperationContext context)
    {
        ManagedPolicies.CheckArn(text);
        var arn = Aws.Arn.Parse(text);
        var name = arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..];
        Identity? identity = arn.Resource.Split('/')[0] switch
        {
            "user" => state.Users.Find(context.AccountId, name),
            "role" => state.Roles.Find(context.AccountId, name),
            "group" => state.Groups.Find(context.AccountId, name),
            _ => throw IamErrors.InvalidInput($"Invalid Entity Arn: {text} does not clearly define entity type and name."),
        };
        return identity?.Arn == text ? identity : null;
    }

    private Principal? CallerOf(string? arn, OperationContext context) =>
        arn is null ? null : PrincipalOf(Find(arn, context) ?? throw IamErrors.NoSuchEntity($"The entity {arn} cannot be found."));

    private static Principal PrincipalOf(Identity identity) =>
        identity is Role role
            ? new Principal.RoleSession(
                role.AccountId,
                $"arn:aws:sts::{role.AccountId}:assumed-role/{role.Name}/simulated",
                role.Arn,
                role.Id,
                "simulated"
            )
            : new Principal.User(identity.AccountId, identity.Arn, identity.Name, identity.Id);
}
