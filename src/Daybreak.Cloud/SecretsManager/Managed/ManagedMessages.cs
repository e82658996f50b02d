using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.SecretsManager.Secrets;

namespace Daybreak.Cloud.SecretsManager.Managed;

internal sealed record RotateSecretRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [ClientToken]
    public string? ClientRequestToken { get; init; }

    [NotImplemented]
    public string? RotationLambdaARN { get; init; }

    public RotationRules? RotationRules { get; init; }

    public bool? RotateImmediately { get; init; }
}

internal sealed record RotationRules
{
    [Range(1, 1000)]
    public long? AutomaticallyAfterDays { get; init; }

    [NotImplemented]
    public string? Duration { get; init; }

    [NotImplemented]
    public string? ScheduleExpression { get; init; }
}
