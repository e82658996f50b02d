namespace Daybreak.Cloud.SecretsManager.Managed;

/// <summary>When the value of a secret is changed by itself.</summary>
/// <param name="Days">From one change to the next.</param>
/// <param name="Next">The time of the next one.</param>
internal sealed record SecretRotation(int Days, DateTimeOffset Next)
{
    public DateTimeOffset? Last { get; init; }
}
