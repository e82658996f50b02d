namespace Daybreak.Cloud.Rds.Settings;

/// <summary>Going back in time without a restore, which Aurora MySQL has and Aurora PostgreSQL has not.</summary>
internal static class Backtrack
{
    /// <param name="window">Seconds. 0 says that it is off, as it is.</param>
    /// <exception cref="Aws.AwsException">InvalidParameterValue</exception>
    public static void IsOff(long? window)
    {
        if (window is not (null or 0))
            throw RdsErrors.InvalidValue("Backtrack is not enabled for the aurora-postgresql engine.");
    }
}
