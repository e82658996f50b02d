using System.Globalization;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.SecretsManager.Rotation;

/// <summary>The times at which a secret is rotated, in UTC: <c>rate(10 days)</c>, <c>cron(0 8 1 * ? *)</c>.</summary>
internal abstract partial class RotationSchedule
{
    /// <summary>The first time after another; null when there is none.</summary>
    public abstract DateTimeOffset? After(DateTimeOffset time);

    /// <exception cref="Aws.AwsException">It is no expression.</exception>
    public static RotationSchedule Parse(string expression)
    {
        if (Rate().Match(expression) is { Success: true } rate)
        {
            var count = int.Parse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var isHours = rate.Groups[2].Value.StartsWith("hour", StringComparison.Ordinal);
            // A secret can be rotated every four hours at most.
            return isHours && count < 4 || count is 0 or > 1000 * 24 ? throw Refuse() : new Regular(count, isHours);
        }
        return Cron().Match(expression) is { Success: true } cron
            ? CronSchedule.TryParse(cron.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)) ?? throw Refuse()
            : throw Refuse();
    }

    // AWS's own text is not known.
    private static Aws.AwsException Refuse() => SecretsErrors.InvalidParameter("Invalid schedule expression.");

    [GeneratedRegex(@"^rate\(([0-9]{1,5}) (hours?|days?)\)$")]
    private static partial Regex Rate();

    [GeneratedRegex(@"^cron\(([^()]+)\)$")]
    private static partial Regex Cron();

    /// <summary>The window of days begins at midnight, that of hours at a full hour.</summary>
    private sealed class Regular(int count, bool isHours) : RotationSchedule
    {
        public override DateTimeOffset? After(DateTimeOffset time)
        {
            var day = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
            return isHours ? day.AddHours(time.UtcDateTime.Hour + count) : day.AddDays(count);
        }
    }
}
