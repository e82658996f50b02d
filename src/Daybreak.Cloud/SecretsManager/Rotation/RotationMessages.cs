using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.SecretsManager.Secrets;

namespace Daybreak.Cloud.SecretsManager.Rotation;

internal sealed record RotateSecretRequest : INamesSecret
{
    [SecretId]
    public required string SecretId { get; init; }

    [ClientToken]
    public string? ClientRequestToken { get; init; }

    [Length(0, 2048)]
    public string? RotationLambdaARN { get; init; }

    public RotationRules? RotationRules { get; init; }

    public bool? RotateImmediately { get; init; }
}

internal sealed record RotationRules
{
    [Range(1, 1000)]
    public long? AutomaticallyAfterDays { get; init; }

    [Length(2, 3), Pattern("[0-9h]+")]
    public string? Duration { get; init; }

    [Length(1, 256), Pattern(@"[0-9A-Za-z\(\)#\?\*\-\/, ]+")]
    public string? ScheduleExpression { get; init; }
}
