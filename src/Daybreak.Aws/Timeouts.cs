namespace Daybreak.Aws;

/// <summary>Says how long a function may run against how long a call from SQL waits for it. That a call may fail is no failure
/// yet.</summary>
public static class Timeouts
{
    private const string Setting = "aws_lambda.request_timeout_ms";

    // Of the setting, and of Lambda as well.
    private const int MostMs = 900_000;

    /// <param name="user">Whose calls may be given the time; null: nobody is named.</param>
    public static string Text(int functionSeconds, int requestTimeoutMs, string? user = null)
    {
        var enough = (int)Math.Min(functionSeconds * 1000L, MostMs);
        if (enough <= requestTimeoutMs)
            return $"The function ends within {functionSeconds} s, a call waits {requestTimeoutMs} ms ({Setting}).";
        var ofUser = user is null
            ? ""
            : $" in every new session: ALTER ROLE \"{user.Replace("\"", "\"\"", StringComparison.Ordinal)}\" SET {Setting} = {enough};";
        return $"The function may run for {functionSeconds} s, but a call waits {requestTimeoutMs} ms only ({Setting}): it fails "
            + "while a longer run goes on. "
            + $"To wait as long, in a session: SET {Setting} = {enough};{ofUser}";
    }
}
