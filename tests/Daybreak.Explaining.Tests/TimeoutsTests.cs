namespace Daybreak.Explaining.Tests;

public sealed class TimeoutsTests
{
    [Theory]
    [InlineData(3, 3000, null, "The function ends within 3 s, a call waits 3000 ms (aws_lambda.request_timeout_ms).")]
    [InlineData(
        4,
        3000,
        null,
        "The function may run for 4 s, but a call waits 3000 ms only (aws_lambda.request_timeout_ms): it fails while a longer run goes on. "
            + "To wait as long, in a session: SET aws_lambda.request_timeout_ms = 4000;"
    )]
    [InlineData(
        900,
        899999,
        "a\"b",
        "The function may run for 900 s, but a call waits 899999 ms only (aws_lambda.request_timeout_ms): it fails while a longer "
            + "run goes on. "
            + "To wait as long, in a session: SET aws_lambda.request_timeout_ms = 900000; in every new session: ALTER ROLE "
            + "\"a\"\"b\" SET aws_lambda.request_timeout_ms = 900000;"
    )]
    [InlineData(1000, 900000, "app", "The function ends within 1000 s, a call waits 900000 ms (aws_lambda.request_timeout_ms).")]
    public void What_a_call_waits_is_told_with_the_SQL_that_lets_it_wait_long_enough(
        int functionSeconds,
        int requestTimeoutMs,
        string? user,
        string text
    ) => Assert.Equal(text, Timeouts.Text(functionSeconds, requestTimeoutMs, user));
}
