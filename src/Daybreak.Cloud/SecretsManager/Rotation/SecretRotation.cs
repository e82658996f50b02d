using System.Text.Json.Serialization;

namespace Daybreak.Cloud.SecretsManager.Rotation;

/// <summary>How and when the value of a secret is changed by itself.</summary>
/// <param name="Days">From one change to the next; null: it goes by <see cref="Schedule"/>.</param>
/// <param name="Next">The time of the next one; null: there is none.</param>
internal sealed record SecretRotation(int? Days, DateTimeOffset? Next)
{
    public DateTimeOffset? Last { get; init; }

    /// <summary>The expression: <c>rate(10 days)</c>.</summary>
    public string? Schedule { get; init; }

    /// <summary>The length of the window: <c>3h</c>.</summary>
    public string? Duration { get; init; }

    /// <summary>Changes the value; null: the service that owns the secret does.</summary>
    public string? FunctionArn { get; init; }

    /// <summary>The version that a function has begun to make the current one.</summary>
    public string? Running { get; init; }

    /// <summary>Whether only the step testSecret is to run, on a version with the current value.</summary>
    public bool? OnlyTests { get; init; }

    public bool? IsCancelled { get; init; }

    [JsonIgnore]
    public bool IsEnabled => IsCancelled != true;

    /// <summary>The same with the time of the change after one at <paramref name="last"/>.</summary>
    public SecretRotation After(DateTimeOffset last) =>
        this with
        {
            Next =
                Days is { } days ? last.AddDays(days)
                : Schedule is { } schedule ? RotationSchedule.Parse(schedule).After(last)
                : null,
        };
}
