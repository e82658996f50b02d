namespace Daybreak.Cloud.Rds;

/// <summary>Statuses as AWS writes them: <c>failing-over</c>.</summary>
internal static class StatusName
{
    public static string Of<T>(T status)
        where T : struct, Enum =>
        string.Concat(
            status
                .ToString()
                .Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : $"{letter}")
        );
}
