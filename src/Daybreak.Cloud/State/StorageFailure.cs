namespace Daybreak.Cloud.State;

/// <summary>The messages for failures of the disk below the local AWS (no space, read-only, not permitted).</summary>
internal static class StorageFailure
{
    /// <returns>Null for any other failure.</returns>
    public static string? TextOf(Exception failure) =>
        failure switch
        {
            StateException => failure.Message,
            IOException or UnauthorizedAccessException => $"The local AWS cannot use its files: {failure.Message}",
            _ => null,
        };
}
