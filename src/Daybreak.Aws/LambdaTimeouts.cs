namespace Daybreak.Aws;

/// <summary>
/// The timeouts of a call from SQL in milliseconds: defaults and range of the settings <c>aws_lambda.connect_timeout_ms</c> and
/// <c>aws_lambda.request_timeout_ms</c> (extension/aws_lambda/src/module.c). A test compares them with <c>pg_settings</c>.
/// </summary>
public static class LambdaTimeouts
{
    public const int ConnectMs = 1000;

    public const int RequestMs = 3000;

    /// <summary>As long as a function may run at most.</summary>
    public const int MostMs = 900_000;
}
