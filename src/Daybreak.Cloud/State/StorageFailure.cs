namespace Daybreak.Cloud.State;

/// <summary>Failures of the disk below the local AWS (no space, read-only, not permitted), as callers are told of them.</summary>
internal static class StorageFailure
{
    /// <returns>Null when the failure is of another kind.</returns>
    public static string? TextOf(Exception failure) =>
        failure switch
        {
            StateException => failure.Message,
            IOException or UnauthorizedAccessException => $"The local AWS cannot use its files: {failure.Message}",
            _ => null,
        };
}
