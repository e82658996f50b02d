using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy;

/// <summary>A parsed policy, compiled for matching. Immutable; made by <see cref="PolicyParser"/>.</summary>
public sealed class PolicyDocument
{
    /// <summary>A document that says nothing.</summary>
    public static readonly PolicyDocument Empty = new("", "2012-10-17", null, []);

    internal PolicyDocument(string text, string? version, string? id, ImmutableArray<Statement> statements)
    {
        Text = text;
        Version = version ?? "2008-10-17";
        Id = id;
        Statements = statements;
    }

    /// <summary>The document as it was given.</summary>
    public string Text { get; }

    /// <summary><c>2012-10-17</c> or <c>2008-10-17</c>, which is also what a document without a version means.</summary>
    public string Version { get; }

    public string? Id { get; }

    public ImmutableArray<Statement> Statements { get; }

    /// <summary>Names of the context keys that conditions and variables of this document ask for, each once, in order of
    /// appearance.</summary>
    public IEnumerable<string> ContextKeys =>
        Statements.SelectMany(static statement => statement.ContextKeys).Distinct(StringComparer.OrdinalIgnoreCase);
}
