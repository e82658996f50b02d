using System.Collections.Immutable;

namespace Daybreak.Cloud.Policy;

/// <summary>A parsed policy, compiled for matching. It is immutable; <see cref="PolicyParser"/> makes it.</summary>
public sealed class PolicyDocument
{
    /// <summary>A document without statements.</summary>
    public static readonly PolicyDocument Empty = new("", "2012-10-17", null, []);

    internal PolicyDocument(string text, string? version, string? id, ImmutableArray<Statement> statements)
    {
        Text = text;
        Version = version ?? "2008-10-17";
        Id = id;
        Statements = statements;
    }

    /// <summary>The document exactly as given.</summary>
    public string Text { get; }

    /// <summary><c>2012-10-17</c> or <c>2008-10-17</c>, which is also the version of a document that names none.</summary>
    public string Version { get; }

    public string? Id { get; }

    public ImmutableArray<Statement> Statements { get; }

    /// <summary>Names of the context keys in conditions and variables of this document, each once, in order of appearance.</summary>
    public IEnumerable<string> ContextKeys =>
        Statements.SelectMany(static statement => statement.ContextKeys).Distinct(StringComparer.OrdinalIgnoreCase);
}
