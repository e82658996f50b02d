using Daybreak.Aws;

namespace Daybreak.Explaining;

/// <summary>
/// Compares how long a function may run with how long a call from SQL waits for it. A call that may time out has not yet failed.
/// </summary>
public static class Timeouts
{
    private const string Setting = "aws_lambda.request_timeout_ms";

    /// <param name="user">The user whose calls should wait longer; null: no user is named.</param>
    public static string Text(int functionSeconds, int requestTimeoutMs, string? user = null)
    {
        var enough = (int)Math.Min(functionSeconds * 1000L, LambdaTimeouts.MostMs);
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
