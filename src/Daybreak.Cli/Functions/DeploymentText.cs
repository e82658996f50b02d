using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Daybreak.Cli.Functions;

/// <summary>Tells what a deployment has found and done.</summary>
internal static class DeploymentText
{
    public static string Of(Deployment deployment, FoundHandler found, IReadOnlyList<SourceFile> files, string region, TimeSpan took)
    {
        var text = new StringBuilder();
        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name, -9}{value}\n");

        var from = found.File.Length == 0 ? "" : $" ({found.File})";
        Line("Handler", $"{deployment.Handler}, {deployment.Runtime}{from}");
        if (found.Note is { } note && note != PackageJson.Reason)
            Line("", note);
        var count = files.Count == 1 ? "1 file" : string.Create(CultureInfo.InvariantCulture, $"{files.Count} files");
        Line("Package", string.Create(CultureInfo.InvariantCulture, $"{count}, {deployment.CodeSize:N0} bytes zipped"));
        Line("Role", deployment.Role);
        Line("Function", deployment.Arn + (deployment.Version is { } version ? $", version {version}" : ""));
        var changes = deployment.Changes.Count == 0 ? "nothing has changed" : string.Join("; ", deployment.Changes);
        Line("Done", string.Create(CultureInfo.InvariantCulture, $"{changes}, in {took.TotalMilliseconds:F0} ms"));
        Line(
            "Call it",
            $"SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('{deployment.Function}', '{region}'), '{{}}'::json);"
        );
        return text.ToString().TrimEnd('\n');
    }

    public static string Json(Deployment deployment, TimeSpan took) =>
        new JsonObject
        {
            ["event"] = "deployed",
            ["function"] = deployment.Function,
            ["arn"] = deployment.Arn,
            ["runtime"] = deployment.Runtime,
            ["handler"] = deployment.Handler,
            ["role"] = deployment.Role,
            ["codeSha256"] = deployment.CodeSha256,
            ["codeSize"] = deployment.CodeSize,
            ["version"] = deployment.Version,
            ["changes"] = new JsonArray([.. deployment.Changes.Select(static change => (JsonNode)change)]),
            ["milliseconds"] = Math.Round(took.TotalMilliseconds),
        }.ToJsonString();
}
