using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Commands about managed policies.</summary>
internal static class ManagedCommands
{
    public static bool IsManaged(string id) => id.StartsWith("arn:", StringComparison.Ordinal);

    public static bool IsAwsManaged(string id) => id.StartsWith("arn:aws:iam::aws:", StringComparison.Ordinal);

    public static string NewVersion(string arn, string text) =>
        AwsCommand.Of("iam create-policy-version", ("policy-arn", arn), ("policy-document", text), ("set-as-default", null));
}
