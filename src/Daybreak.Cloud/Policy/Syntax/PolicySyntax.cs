namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>A document as written: well-formed JSON of known shape, not yet checked for any dialect.</summary>
internal sealed class PolicySyntax
{
    public string? Version { get; set; }

    public string? Id { get; set; }

    /// <summary>Null when there is no Statement element.</summary>
    public List<StatementSyntax>? Statements { get; set; }

    /// <summary>An element that the grammar does not know, if there is one.</summary>
    public string? UnknownElement { get; set; }
}
