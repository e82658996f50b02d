using System.Globalization;

namespace Daybreak.Cloud.Postgres;

/// <summary>A version of PostgreSQL since 10: <c>15.20</c>.</summary>
public readonly record struct PostgresVersion(int Major, int Minor)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    public static PostgresVersion? TryParse(string? text) =>
        text?.Split('.') is [var major, var minor]
        && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new PostgresVersion(first, second)
            : null;

    public override string ToString() => Text;
}
