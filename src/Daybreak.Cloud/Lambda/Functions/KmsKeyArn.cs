namespace Daybreak.Cloud.Lambda.Functions;

/// <summary>The key of KMS that a function's variables are encrypted with on AWS. It is kept and shown.</summary>
internal static class KmsKeyArn
{
    public const string Pattern = "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()";

    /// <summary>The key after a request that may name one; an empty text takes it away.</summary>
    public static string? Of(string? asked, string? current) =>
        asked is null ? current
        : asked.Length == 0 ? null
        : asked;
}
