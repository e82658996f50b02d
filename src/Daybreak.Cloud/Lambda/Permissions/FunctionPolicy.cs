using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary>The resource policy of a function, version or alias. Immutable.</summary>
public sealed record FunctionPolicy
{
    /// <summary>In the order in which they were added.</summary>
    public required ImmutableArray<FunctionStatement> Statements { get; init; }

    public required string RevisionId { get; init; }

    /// <summary>The whole document.</summary>
    public required string Document { get; init; }

    public static FunctionPolicy Of(ImmutableArray<FunctionStatement> statements) => new()
    {
        Statements = statements,
        RevisionId = Guid.NewGuid().ToString(),
        Document = $$"""{"Version":"2012-10-17","Id":"default","Statement":[{{string.Join(',', statements.Select(static statement => statement.Json))}}]}""",
    };
}

/// <param name="Json">As AddPermission answered it.</param>
public sealed record FunctionStatement(string Sid, string Json);

/// <summary>How policies of functions are written to the state.</summary>
[JsonSerializable(typeof(FunctionPolicy))]
internal sealed partial class FunctionPolicyJson : JsonSerializerContext;
