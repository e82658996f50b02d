using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy;

/// <summary>The result of one pass over the policies. It is kept on the stack, since few statements match a request.</summary>
internal ref struct MatchedStatements
{
    private Few _few;
    private int _count;
    private List<DecidingStatement>? _more;
    private int _allowedKinds;

    /// <summary>The kind of the first policy that denies.</summary>
    public PolicyKind? Denied { get; private set; }

    /// <summary>The strongest match of the resource's policy for this caller.</summary>
    public PrincipalMatch ResourceGrant { get; private set; }

    public readonly bool Allowed(PolicyKind kind) => (_allowedKinds & (1 << (int)kind)) != 0;

    public void Collect(AttachedPolicy policy, RequestContext request)
    {
        var statements = policy.Document.Statements;
        for (var index = 0; index < statements.Length; index++)
        {
            var match = statements[index].Match(request);
            if (match == PrincipalMatch.None)
                continue;
            Add(new DecidingStatement(policy, index));
            if (statements[index].Effect == Effect.Deny)
            {
                Denied ??= policy.Kind;
            }
            else
            {
                _allowedKinds |= 1 << (int)policy.Kind;
                if (policy.Kind is PolicyKind.Resource or PolicyKind.RoleTrust or PolicyKind.Key && match > ResourceGrant)
                    ResourceGrant = match;
            }
        }
    }

    public readonly ImmutableArray<DecidingStatement> Denies() => Select(Effect.Deny);

    public readonly Decision Allow(PolicyKind by) => new(Outcome.Allow, by, Select(Effect.Allow));

    private void Add(DecidingStatement statement)
    {
        if (_count < Few.Length)
            _few[_count] = statement;
        else
            (_more ??= []).Add(statement);
        _count++;
    }

    private readonly ImmutableArray<DecidingStatement> Select(Effect effect)
    {
        var size = 0;
        for (var i = 0; i < _count; i++)
            if (At(i).Statement.Effect == effect)
                size++;
        var selected = new DecidingStatement[size];
        for (int i = 0, next = 0; i < _count; i++)
            if (At(i).Statement.Effect == effect)
                selected[next++] = At(i);
        return ImmutableCollectionsMarshal.AsImmutableArray(selected);
    }

    private readonly DecidingStatement At(int index) => index < Few.Length ? _few[index] : _more![index - Few.Length];

    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 16;
        private DecidingStatement _first;
    }
}
