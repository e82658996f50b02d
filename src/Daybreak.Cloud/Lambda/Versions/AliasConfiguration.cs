namespace Daybreak.Cloud.Lambda.Versions;

/// <summary>An alias as the API shows it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/api/API_AliasConfiguration.html"/></summary>
public sealed record AliasConfiguration
{
    public required string AliasArn { get; init; }

    public required string Name { get; init; }

    public required string FunctionVersion { get; init; }

    public required string Description { get; init; }

    public AliasRoutingConfiguration? RoutingConfig { get; init; }

    public required string RevisionId { get; init; }

    public static AliasConfiguration Of(FunctionAlias alias) =>
        new()
        {
            AliasArn = alias.Reference.Arn,
            Name = alias.Name,
            FunctionVersion = alias.FunctionVersion,
            Description = alias.Description,
            RoutingConfig = alias.AdditionalVersion is { } version
                ? new AliasRoutingConfiguration
                {
                    AdditionalVersionWeights = new Dictionary<string, double> { [version] = alias.AdditionalWeight },
                }
                : null,
            RevisionId = alias.RevisionId,
        };
}

public sealed record AliasRoutingConfiguration
{
    [VersionWeights]
    public IReadOnlyDictionary<string, double>? AdditionalVersionWeights { get; init; }
}
