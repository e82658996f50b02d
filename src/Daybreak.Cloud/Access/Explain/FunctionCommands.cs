using Daybreak.Aws;
using Daybreak.Cloud.Policy;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Commands that change the policy of a function, the only resource policy that is changed statement by statement.</summary>
internal static class FunctionCommands
{
    public static string AddPermission(RequestContext request, string statementId) =>
        AwsCommand.Of(
            "lambda add-permission",
            [
                .. Function(request.Resource),
                ("statement-id", statementId),
                ("action", request.Action.Text),
                ("principal", GrantStatement.NameOf(request.Principal)),
                .. Region(request.Resource),
            ]
        );

    public static string RemovePermission(string functionArn, string statementId) =>
        AwsCommand.Of("lambda remove-permission", [.. Function(functionArn), ("statement-id", statementId), .. Region(functionArn)]);

    /// <summary>A policy belongs to exactly one qualifier, which has its own option.</summary>
    private static (string, string?)[] Function(string arn)
    {
        var parts = arn.Split(':');
        return parts.Length == 8 ? [("function-name", string.Join(':', parts[..7])), ("qualifier", parts[7])] : [("function-name", arn)];
    }

    // The CLI does not derive the Region from the ARN.
    private static (string, string?)[] Region(string arn) => Arn.TryParse(arn, out var parsed) ? [("region", parsed.Region)] : [];
}
