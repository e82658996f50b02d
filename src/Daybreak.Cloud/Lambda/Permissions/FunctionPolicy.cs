using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary>The resource policy of a function, version or alias. Immutable.</summary>
public sealed record FunctionPolicy
{
    /// <summary>The statements in the order in which they were added.</summary>
    public required ImmutableArray<FunctionStatement> Statements { get; init; }

    public required string RevisionId { get; init; }

    /// <summary>The whole document.</summary>
    public required string Document { get; init; }

    public static FunctionPolicy Of(ImmutableArray<FunctionStatement> statements) =>
        new()
        {
            Statements = statements,
            RevisionId = Guid.NewGuid().ToString(),
            Document = TextOf(statements.Select(static statement => statement.Json)),
        };

    /// <summary>The whole document as AWS shows and applies it: a deleted principal appears with its unique id.</summary>
    public string TextFor(IPrincipalIds principals)
    {
        if (Statements.All(statement => statement.IsOfPresent(principals)))
            return Document;
        return NamedPrincipals.Same(Document, TextOf(Statements.Select(statement => statement.JsonFor(principals))));
    }

    private static string TextOf(IEnumerable<string> statements) =>
        $$"""{"Version":"2012-10-17","Id":"default","Statement":[{{string.Join(',', statements)}}]}""";
}

/// <param name="Json">The statement as AddPermission returned it.</param>
/// <param name="Principal">ARN of the user or role that it names; null when it names none.</param>
/// <param name="PrincipalId">Unique id of that user or role.</param>
public sealed record FunctionStatement(string Sid, string Json, string? Principal = null, string? PrincipalId = null)
{
    internal bool IsOfPresent(IPrincipalIds principals) => Principal is null || principals.IdOf(Principal) == PrincipalId;

    internal string JsonFor(IPrincipalIds principals) =>
        IsOfPresent(principals)
            ? Json
            : NamedPrincipals.ByIds(Json, ImmutableDictionary<string, string>.Empty.Add(Principal!, PrincipalId!));
}

/// <summary>The JSON in which policies of functions are stored.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FunctionPolicy))]
internal sealed partial class FunctionPolicyJson : JsonSerializerContext;
