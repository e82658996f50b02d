namespace Daybreak.Cloud.Rds.Settings;

/// <summary>Backtracking to an earlier time without a restore, which Aurora MySQL has and Aurora PostgreSQL does not.</summary>
internal static class Backtrack
{
    /// <param name="window">In seconds. 0 means off, the only valid value.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue</exception>
    public static void IsOff(long? window)
    {
        if (window is not (null or 0))
            throw RdsErrors.InvalidValue("Backtrack is not enabled for the aurora-postgresql engine.");
    }
}
