using Daybreak.Cloud.Policy;

namespace Daybreak.Bench.Policy;

/// <summary>Policies like those of a database's role: ten of them, with a few statements each, with conditions and variables.</summary>
internal sealed class Workload
{
    private const string Account = "444455556666";
    private const string Function = $"arn:aws:lambda:us-east-1:{Account}:function:simple";

    private static readonly Principal Caller = new Principal.RoleSession(
        Account,
        $"arn:aws:sts::{Account}:assumed-role/rds-role/s1",
        $"arn:aws:iam::{Account}:role/rds-role",
        "AROARDSROLE0000000001",
        "s1"
    );

    private static readonly string Largest = Document(
        string.Join(
            ',',
            Enumerable
                .Range(0, 55)
                .Select(i => $$"""{"Effect":"Allow","Action":["s3:Get{{i}}*","s3:Put{{i}}"],"Resource":"arn:aws:s3:::bucket-{{i}}/*"}""")
        )
    );

    private readonly RequestContext _allowed;
    private readonly RequestContext _unmatched;
    private readonly PrincipalPolicies _policies;
    private readonly PrincipalPolicies _limited;
    private readonly AttachedPolicy? _resource;

    private Workload(
        RequestContext allowed,
        RequestContext unmatched,
        PrincipalPolicies policies,
        PrincipalPolicies limited,
        AttachedPolicy? resource,
        int patternLength
    )
    {
        this._allowed = allowed;
        this._unmatched = unmatched;
        this._policies = policies;
        this._limited = limited;
        this._resource = resource;
        PatternLength = patternLength;
    }

    public int PatternLength { get; }

    public static Workload TenAttachedPolicies()
    {
        var invoke = Attached(
            """{"Effect":"Allow","Action":["lambda:InvokeFunction","lambda:GetFunction"],"Resource":"arn:aws:lambda:*:444455556666:function:sim*","Condition":{"StringEquals":{"aws:PrincipalAccount":"${aws:ResourceAccount}"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/rds-*"}}}"""
        );
        var attached = Enumerable
            .Range(0, 9)
            .Select(i =>
                Attached(
                    $$"""{"Effect":"Allow","Action":["s3:Get*","s3:List*","lambda:List*","lambda:Get*"],"Resource":["arn:aws:s3:::bucket-{{i}}/*","arn:aws:lambda:*:*:function:other-{{i}}"]},"""
                        + """{"Effect":"Allow","Action":"logs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},"""
                        + $$"""{"Effect":"Deny","Action":"lambda:*","Resource":"arn:aws:lambda:*:*:function:secret-{{i}}*"}"""
                )
            )
            .ToList();
        var all = PrincipalPolicies.None with { Identity = [.. attached, invoke] };
        var boundary = Attached("""{"Effect":"Allow","Action":"*","Resource":"*"}""", PolicyKind.PermissionsBoundary);
        var session = Attached("""{"Effect":"Allow","Action":"lambda:*","Resource":"*"}""", PolicyKind.Session);
        var resource = Attached(
            $$"""{"Sid":"a","Effect":"Allow","Principal":{"AWS":"{{Account}}"},"Action":"lambda:InvokeFunction","Resource":"{{Function}}"}""",
            PolicyKind.Resource
        );
        return new Workload(
            Request("lambda:InvokeFunction", Function),
            Request("lambda:DeleteFunction", Function),
            all,
            all with
            {
                Boundary = boundary,
                Session = [session],
            },
            resource,
            0
        );
    }

    /// <summary>
    /// A policy that fills its quota with patterns that make a backtracking matcher explode, and the longest ARN that almost matches.
    /// </summary>
    public static Workload HostileWildcards() =>
        HostileWildcards(
            2048 - 40,
            string.Concat(Enumerable.Repeat("*a", 900)) + "b",
            "*" + new string('a', 1900) + "b",
            string.Concat(Enumerable.Repeat("?*a", 600)) + "b"
        );

    /// <summary>The same with these patterns, and a name of that many letters <c>a</c>.</summary>
    public static Workload HostileWildcards(int textLength, params string[] patterns)
    {
        var policy = Attached(
            $$"""{"Effect":"Allow","Action":"lambda:*","Resource":["arn:aws:lambda:*:*:{{string.Join("\",\"arn:aws:lambda:*:*:", patterns)}}"]}"""
        );
        var request = Request("lambda:InvokeFunction", $"arn:aws:lambda:us-east-1:{Account}:{new string('a', textLength)}");
        var policies = PrincipalPolicies.None with { Identity = [policy] };
        return new Workload(request, request, policies, policies, null, patterns.Sum(static p => p.Length));
    }

    public static bool ParseLargest() => PolicyParser.TryParse(Largest, PolicyDialect.ManagedPolicy, out _, out _);

    public bool Allowed() => PolicyEvaluator.Decide(_allowed, _policies).IsAllowed;

    /// <summary>Includes building the request.</summary>
    public bool AllowedAnew() => PolicyEvaluator.Decide(Request("lambda:InvokeFunction", Function), _policies).IsAllowed;

    public bool Unmatched() => PolicyEvaluator.Decide(_unmatched, _policies).IsAllowed;

    public bool Everything() => PolicyEvaluator.Decide(_allowed, _limited, _resource).IsAllowed;

    public bool Decide() => PolicyEvaluator.Decide(_allowed, _policies).IsAllowed;

    private static RequestContext Request(string action, string resource) =>
        new(
            Caller,
            new ServiceAction(action),
            resource,
            Account,
            new ContextKeys { { "aws:SecureTransport", "false" }, { "aws:SourceIp", "127.0.0.1" } }
        );

    private static AttachedPolicy Attached(string statements, PolicyKind kind = PolicyKind.Identity) =>
        PolicyParser.TryParse(
            Document(statements),
            kind == PolicyKind.Resource ? PolicyDialect.ResourcePolicy : PolicyDialect.ManagedPolicy,
            out var document,
            out var defect
        )
            ? new AttachedPolicy(kind, "bench", document)
            : throw new InvalidOperationException(defect);

    private static string Document(string statements) => $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";
}
