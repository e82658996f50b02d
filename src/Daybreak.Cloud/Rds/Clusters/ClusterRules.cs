using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>Checks of a cluster's properties that do not depend on existing resources.</summary>
internal static partial class ClusterRules
{
    private const int LeastPort = 1150;
    private const int MostPort = 65535;
    private const int LeastPassword = 8;
    private const int MostPassword = 128;
    private const int MostBackupDays = 35;
    private const int LeastMaintenance = 30;
    private const int MostMaintenance = 24 * 60;

    public static string User(string? name)
    {
        if (string.IsNullOrEmpty(name))
            throw RdsErrors.Blank("MasterUsername");
        if (!UserName().IsMatch(name))
            throw RdsErrors.InvalidValue(
                "The parameter MasterUsername must begin with a letter and contain only 1 to 63 letters, digits and underscores."
            );
        return ReservedWords.IsUser(name)
            ? throw RdsErrors.InvalidValue($"MasterUsername {name} cannot be used as it is a reserved word used by the engine")
            : name;
    }

    public static string Password(string? password)
    {
        if (string.IsNullOrEmpty(password))
            throw RdsErrors.Blank("MasterUserPassword");
        if (password.Length < LeastPassword)
            throw RdsErrors.InvalidValue(
                $"The parameter MasterUserPassword is not a valid password because it is shorter than {LeastPassword} characters."
            );
        if (password.Length > MostPassword)
            throw RdsErrors.InvalidValue(
                $"The parameter MasterUserPassword is not a valid password because it is longer than {MostPassword} characters."
            );
        return password.All(letter => letter is > ' ' and < '\x7f' and not ('/' or '@' or '"'))
            ? password
            : throw RdsErrors.InvalidValue(
                "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', "
                    + "' ' may be used."
            );
    }

    /// <param name="parameter">The parameter's name: <c>DatabaseName</c>, or <c>DBName</c> of an instance.</param>
    public static string? Database(string? name, string parameter)
    {
        if (string.IsNullOrEmpty(name))
            return null;
        if (!UserName().IsMatch(name))
            throw RdsErrors.InvalidValue($"{parameter} must begin with a letter and contain only alphanumeric characters.");
        return ReservedWords.IsDatabase(name)
            ? throw RdsErrors.InvalidValue($"{parameter} {name} cannot be used.  It is a reserved word for this engine")
            : name;
    }

    public static int Port(int? port) =>
        port switch
        {
            null => 5432,
            < LeastPort or > MostPort => throw RdsErrors.InvalidValue(
                $"Invalid database port: {port}. Valid port range: {LeastPort}-{MostPort}"
            ),
            { } valid => valid,
        };

    public static int BackupRetention(int? days) =>
        days switch
        {
            null => 1,
            < 1 or > MostBackupDays => throw RdsErrors.InvalidValue(
                $"Invalid backup retention period: {days}. Must be between 1 and {MostBackupDays}"
            ),
            { } valid => valid,
        };

    public static string BackupWindow(string? window) =>
        window is null || DayWindow().IsMatch(window)
            ? window ?? "07:00-07:30"
            : throw RdsErrors.InvalidValue(
                $"Invalid backup window format: {window}. Should be specified as a range hh24:mi-hh24:mi (24H Clock UTC)."
            );

    public static string MaintenanceWindow(string? window)
    {
        window = window?.ToLowerInvariant() ?? "sun:05:00-sun:05:30";
        if (!WeekWindow().IsMatch(window))
            throw RdsErrors.InvalidValue(
                $"Invalid maintenance window format: {window}. Should be specified as a range ddd:hh24:mi-ddd:hh24:mi (24H Clock "
                    + "UTC). Example: Sun:23:45-Mon:00:15"
            );
        return Rds.MaintenanceWindow.Parse(window).Length is >= LeastMaintenance and < MostMaintenance
            ? window
            : throw RdsErrors.InvalidValue(
                $"Invalid maintenance window: {window}. It must be at least {LeastMaintenance} minutes and less than 24 hours long."
            );
    }

    public static string Storage(string? type) =>
        type is null or "aurora" or "aurora-iopt1"
            ? type ?? "aurora"
            : throw RdsErrors.InvalidCombination($"Invalid storage type for DB engine aurora-postgresql: {type}");

    public static ServerlessV2Scaling? Serverless(ServerlessV2ScalingConfiguration? asked)
    {
        if (asked is null)
            return null;
        if (asked.MinCapacity is not { } min || asked.MaxCapacity is not { } max)
            throw RdsErrors.InvalidCombination("Set both the minimum and the maximum capacity of ServerlessV2ScalingConfiguration.");
        if (min is < 0 or > 256 || max is < 1 or > 256 || min * 2 != Math.Floor(min * 2) || max * 2 != Math.Floor(max * 2))
            throw RdsErrors.InvalidValue(
                "Serverless v2 capacity must be a multiple of 0.5, the minimum between 0 and 256, the maximum between 1 and 256."
            );
        if (min > max)
            throw RdsErrors.InvalidCombination("Serverless v2 minimum capacity must be less than or equal to maximum capacity.");
        if (asked.SecondsUntilAutoPause is { } pause && (min > 0 || pause is < 300 or > 86400))
            throw RdsErrors.InvalidValue("SecondsUntilAutoPause must be between 300 and 86400, and needs a minimum capacity of 0.");
        return new ServerlessV2Scaling(min, max, min > 0 ? null : asked.SecondsUntilAutoPause ?? 300);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,62}\\z")]
    private static partial Regex UserName();

    [GeneratedRegex("^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]\\z")]
    private static partial Regex DayWindow();

    [GeneratedRegex(
        "^(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]\\z"
    )]
    private static partial Regex WeekWindow();
}
