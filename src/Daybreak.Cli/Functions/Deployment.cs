namespace Daybreak.Cli.Functions;

/// <summary>What a deployment has done.</summary>
/// <param name="Changes">In words: what was made or changed; empty: everything was as it should be.</param>
/// <param name="Version">The published version; null: none was asked for.</param>
internal sealed record Deployment(
    string Function,
    string Arn,
    string Runtime,
    string Handler,
    string Role,
    string CodeSha256,
    long CodeSize,
    IReadOnlyList<string> Changes,
    string? Version
);
