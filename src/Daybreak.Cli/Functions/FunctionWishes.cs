using System.Collections.Immutable;

namespace Daybreak.Cli.Functions;

/// <summary>What the user says about a function. What is null or empty stays as the function has it, or is Lambda's default.</summary>
/// <param name="Role">Name or ARN of a role that exists.</param>
/// <param name="Variables">All variables of the function, where there are any.</param>
/// <param name="Layers">All layers of the function, where there are any.</param>
internal sealed record FunctionWishes(
    string Name,
    string? Runtime,
    string? Handler,
    string? Role,
    ImmutableArray<KeyValuePair<string, string>> Variables,
    int? Timeout,
    int? Memory,
    ImmutableArray<string> Layers,
    string? Alias,
    bool Publishes
);
