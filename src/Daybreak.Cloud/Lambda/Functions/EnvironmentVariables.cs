using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>Rules for the environment variables of a function.</summary>
internal static class EnvironmentVariables
{
    public const string NamePattern = "[a-zA-Z]([a-zA-Z0-9_])+";

    private const int MaxBytes = 4096;

    // Variables that AWS sets but functions may override (LANG, PATH, TZ, …) are not listed.
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    private static readonly HashSet<string> Reserved =
    [
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    ];

    /// <exception cref="Aws.AwsException">A name is reserved, or the variables have more than 4 KB.</exception>
    public static void Check(IReadOnlyDictionary<string, string> variables)
    {
        var reserved = variables.Keys.Where(Reserved.Contains).ToArray();
        if (reserved.Length > 0)
            throw LambdaErrors.ReservedVariables(reserved);
        var measured = Json(variables);
        if (Encoding.UTF8.GetByteCount(measured) > MaxBytes)
            throw LambdaErrors.EnvironmentTooLarge(measured);
    }

    private static string Json(IReadOnlyDictionary<string, string> variables)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in variables)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
