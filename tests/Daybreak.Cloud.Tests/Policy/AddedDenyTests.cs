using Daybreak.Cloud.Policy;
using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Policy;

/// <summary>Properties over random policies. Seeded, so that a failure can be repeated.</summary>
[Trait("Pace", "slow")]
public class AddedDenyTests
{
    private static readonly string[] Actions =
    [
        "*",
        "lambda:*",
        "lambda:Invoke*",
        "lambda:InvokeFunction",
        "s3:GetObject",
        "iam:P*",
        "logs:?*",
    ];
    private static readonly string[] Resources =
    [
        "*",
        Function,
        Function + ":*",
        "arn:aws:s3:::h/${aws:username}/*",
        "arn:aws:lambda",
        "arn:aws:iam::444455556666:role/*",
    ];
    private static readonly string[] Conditions =
    [
        "",
        "'StringEquals': {'aws:k': 'red'}",
        "'StringNotLike': {'aws:k': 'r*'}",
        "'Null': {'aws:k': 'true'}",
        "'ForAnyValue:StringNotEquals': {'aws:k': ['red', 'blue']}",
        "'NumericLessThanIfExists': {'aws:n': '5'}",
    ];
    private static readonly string[] Principals =
    [
        "'*'",
        "{'AWS': '444455556666'}",
        "{'AWS': 'arn:aws:iam::444455556666:user/alice'}",
        "{'AWS': 'arn:aws:iam::444455556666:role/service/rds-role'}",
        "{'Service': 'rds.amazonaws.com'}",
        "{'AWS': 'arn:aws:iam::999900001111:root'}",
    ];
    private static readonly string[] Requests =
    [
        $"lambda:InvokeFunction {Function}",
        $"lambda:InvokeFunction {Function}:1 aws:k=red",
        "s3:GetObject arn:aws:s3:::h/alice/x aws:k=red|green aws:n=4",
        "iam:PassRole arn:aws:iam::444455556666:role/r aws:k=blue aws:n=9",
        "lambda:ListFunctions *",
    ];
    private static readonly Principal[] Callers = [Alice, Root, Session, Stranger, StrangerRoot, RdsService, new Principal.Anonymous()];

    [Fact]
    public void No_added_Deny_turns_a_denial_into_an_allowance()
    {
        var random = new Random(4711);
        int allowed = 0,
            denied = 0,
            turned = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var identity = Statements(random, false);
            var boundary = random.Next(3) == 0 ? Statements(random, false) : null;
            var session = random.Next(3) == 0 ? Statements(random, false) : null;
            var resource = random.Next(2) == 0 ? Statements(random, true) : null;
            var request = Request(Pick(random, Requests), Callers[random.Next(Callers.Length)]);
            var before = Decide(request, identity, boundary, session, resource);

            switch (random.Next(4))
            {
                case 0 when boundary is not null:
                    boundary.Insert(random.Next(boundary.Count + 1), Statement(random, "Deny", false));
                    break;
                case 1 when session is not null:
                    session.Insert(random.Next(session.Count + 1), Statement(random, "Deny", false));
                    break;
                case 2 when resource is not null:
                    resource.Insert(random.Next(resource.Count + 1), Statement(random, "Deny", true));
                    break;
                default:
                    identity.Insert(random.Next(identity.Count + 1), Statement(random, "Deny", false));
                    break;
            }
            var after = Decide(request, identity, boundary, session, resource);

            Assert.False(!before.IsAllowed && after.IsAllowed, $"round {round}");
            Assert.False(before.Outcome == Outcome.ExplicitDeny && after.Outcome != Outcome.ExplicitDeny, $"round {round}");
            if (before.IsAllowed)
                allowed++;
            else
                denied++;
            if (before.IsAllowed && !after.IsAllowed)
                turned++;
        }
        // The property means something only if some requests are allowed, some denied, and some decisions change.
        Assert.True(allowed > 1000 && denied > 1000 && turned > 100, $"{allowed} {denied} {turned}");
    }

    private static Decision Decide(
        RequestContext request,
        List<string> identity,
        List<string>? boundary,
        List<string>? session,
        List<string>? resource
    ) =>
        PolicyEvaluator.Decide(
            request,
            new PrincipalPolicies(
                [Attached(PolicyKind.Identity, string.Join(',', identity))],
                boundary is null ? null : Attached(PolicyKind.PermissionsBoundary, string.Join(',', boundary)),
                session is null ? [] : [Attached(PolicyKind.Session, string.Join(',', session))]
            ),
            resource is null ? null : Attached(PolicyKind.Resource, string.Join(',', resource))
        );

    private static List<string> Statements(Random random, bool withPrincipal) =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Statement(random, random.Next(5) == 0 ? "Deny" : "Allow", withPrincipal))];

    private static string Statement(Random random, string effect, bool withPrincipal)
    {
        var principal = withPrincipal
            ? $"'{(effect == "Deny" && random.Next(4) == 0 ? "NotPrincipal" : "Principal")}': {Pick(random, Principals)}, "
            : "";
        principal = principal.Replace("'NotPrincipal': '*'", "'NotPrincipal': {'AWS': '*'}", StringComparison.Ordinal);
        var not = random.Next(6) == 0 ? "Not" : "";
        return $"{{'Effect': '{effect}', {principal}'{not}Action': '{Pick(random, Actions)}', "
            + $"'{(random.Next(6) == 0 ? "Not" : "")}Resource': '{Pick(random, Resources)}', 'Condition': {{{Pick(random, Conditions)}}}}}";
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
