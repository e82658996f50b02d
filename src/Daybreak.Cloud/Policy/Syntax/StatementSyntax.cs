using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>A statement as written. An absent element is null.</summary>
internal sealed class StatementSyntax
{
    public string? Sid { get; set; }

    public string? Effect { get; set; }

    public List<PrincipalEntry>? Principal { get; set; }

    public List<PrincipalEntry>? NotPrincipal { get; set; }

    public List<string>? Action { get; set; }

    public List<string>? NotAction { get; set; }

    public List<string>? Resource { get; set; }

    public List<string>? NotResource { get; set; }

    public List<ConditionSyntax> Conditions { get; } = [];

    public string? UnknownElement { get; set; }

    /// <summary>Offset of the opening brace in the UTF-8 text.</summary>
    public int Start { get; set; }

    /// <summary>Offset of the closing brace.</summary>
    public int End { get; set; }
}
