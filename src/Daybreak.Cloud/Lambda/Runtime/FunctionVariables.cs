using System.Globalization;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The environment variables of a function's process, recorded from AWS.</summary>
internal static class FunctionVariables
{
    /// <param name="endpoint">URL of this server, which SDKs in the function use instead of AWS.</param>
    /// <param name="nodePackages">Path that stands for <c>/var/runtime/node_modules</c>.</param>
    /// <param name="layers"><c>/opt</c>, or the layers' own directory without a sandbox.</param>
    /// <param name="taskRoot"><c>/var/task</c>, or the code's own directory without a sandbox.</param>
    public static Dictionary<string, string> For(
        FunctionVersion function,
        string logStream,
        string runtimeApi,
        string taskRoot,
        string layers,
        string runtimeDirectory,
        (string AccessKeyId, string SecretAccessKey, string SessionToken) credentials,
        Uri? endpoint,
        string nodePackages,
        bool isProvisioned
    )
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:{layers}/bin",
            ["LD_LIBRARY_PATH"] =
                "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:" + $"{taskRoot}:{taskRoot}/lib:{layers}/lib",
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["PWD"] = taskRoot,
            ["SHLVL"] = "0",
            ["AWS_XRAY_CONTEXT_MISSING"] = "LOG_ERROR",
        };
        if (RuntimeProgram.IsPython(function.Runtime))
        {
            variables["PYTHONPATH"] = runtimeDirectory;
            variables["LC_CTYPE"] = "C.UTF-8";
        }
        else if (RuntimeProgram.IsNode(function.Runtime))
        {
            variables["NODE_PATH"] =
                $"{layers}/nodejs/node{RuntimeProgram.NodeMajor(function.Runtime)}/node_modules:{layers}/nodejs/node_modules:"
                + $"{nodePackages}:{runtimeDirectory}:{taskRoot}";
        }
        else if (RuntimeProgram.IsDotnet(function.Runtime))
        {
            variables["LAMBDA_RUNTIME_NAME"] = function.Runtime;
            variables["DOTNET_ROLL_FORWARD"] = "Major"; // the machine may have a newer version only
            variables["DOTNET_NOLOGO"] = "1";
        }
        else if (RuntimeProgram.IsRuby(function.Runtime))
        {
            // Gems with compiled parts are made for the runtime's version, whose name these directories have. The last colon stands for
            // the gems of the machine, among them those that come with Ruby.
            var version = RuntimeProgram.VersionIn(function.Runtime) + ".0";
            variables["GEM_HOME"] = runtimeDirectory;
            variables["GEM_PATH"] = $"{taskRoot}/vendor/bundle/ruby/{version}:{layers}/ruby/gems/{version}:";
            variables["RUBYLIB"] = $"{taskRoot}:{runtimeDirectory}/lib:{layers}/ruby/lib";
        }

        if (endpoint is not null)
            variables["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority);

        // A function may override the variables above but not those that follow.
        foreach ((var name, var value) in function.Environment)
            variables[name] = value;

        if (!RuntimeProgram.IsProvided(function.Runtime))
            variables["AWS_EXECUTION_ENV"] = "AWS_Lambda_" + function.Runtime;
        variables["AWS_ACCESS_KEY_ID"] = credentials.AccessKeyId;
        variables["AWS_SECRET_ACCESS_KEY"] = credentials.SecretAccessKey;
        variables["AWS_SESSION_TOKEN"] = credentials.SessionToken;
        variables["AWS_REGION"] = function.Region;
        variables["AWS_DEFAULT_REGION"] = function.Region;
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function.FunctionName;
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = function.Version;
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySizeMegabytes.ToString(CultureInfo.InvariantCulture);
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup;
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream;
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = isProvisioned ? "provisioned-concurrency" : "on-demand";
        if (function.JsonLogLevel is { } level)
        {
            variables["AWS_LAMBDA_LOG_FORMAT"] = "JSON";
            variables["AWS_LAMBDA_LOG_LEVEL"] = level;
        }
        variables["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        variables["AWS_XRAY_DAEMON_ADDRESS"] = "169.254.100.1:2000";
        variables["_AWS_XRAY_DAEMON_ADDRESS"] = "169.254.100.1";
        variables["_AWS_XRAY_DAEMON_PORT"] = "2000";
        variables["_HANDLER"] = function.Handler;
        variables["LAMBDA_TASK_ROOT"] = taskRoot;
        variables["LAMBDA_RUNTIME_DIR"] = runtimeDirectory;
        return variables;
    }
}
