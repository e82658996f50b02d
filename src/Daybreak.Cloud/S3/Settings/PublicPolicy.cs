using System.Text.Json;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>Whether a bucket policy is public: whether it allows something to everybody, without a condition that narrows this.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html</remarks>
internal static class PublicPolicy
{
    private static readonly string[] Narrowing =
    [
        "aws:PrincipalAccount",
        "aws:PrincipalArn",
        "aws:PrincipalOrgID",
        "aws:PrincipalOrgPaths",
        "aws:SourceAccount",
        "aws:SourceArn",
        "aws:SourceIp",
        "aws:SourceOrgID",
        "aws:SourceOwner",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "aws:userid",
        "aws:VpcSourceIp",
        "s3:DataAccessPointAccount",
        "s3:DataAccessPointArn",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
    ];

    public static bool IsPublic(string text) => BucketPolicyText.StatementsOf(text).Any(IsPublic);

    private static bool IsPublic(JsonElement statement) =>
        BucketPolicyText.Texts(statement, "Effect").FirstOrDefault() == "Allow" && NamesEverybody(statement) && !IsNarrowed(statement);

    private static bool NamesEverybody(JsonElement statement)
    {
        if (statement.TryGetProperty("NotPrincipal", out _))
            return true;
        if (BucketPolicyText.Texts(statement, "Principal").Contains("*"))
            return true;
        return statement.TryGetProperty("Principal", out var principal)
            && principal.ValueKind == JsonValueKind.Object
            && BucketPolicyText.Texts(principal, "AWS").Contains("*");
    }

    /// <summary>Whether a condition has one of the keys that tell callers apart, with values that are not for all.</summary>
    private static bool IsNarrowed(JsonElement statement)
    {
        if (!statement.TryGetProperty("Condition", out var conditions) || conditions.ValueKind != JsonValueKind.Object)
            return false;
        foreach (var test in conditions.EnumerateObject())
        {
            // What holds without the key, or for all other values, narrows nothing.
            if (
                test.Value.ValueKind != JsonValueKind.Object
                || test.Name.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase)
                || test.Name.Contains("Not", StringComparison.OrdinalIgnoreCase)
                || test.Name.Equals("Null", StringComparison.OrdinalIgnoreCase)
                || test.Name.StartsWith("ForAllValues:", StringComparison.OrdinalIgnoreCase)
            )
                continue;
            foreach (var key in test.Value.EnumerateObject())
            {
                if (
                    Narrowing.Contains(key.Name, StringComparer.OrdinalIgnoreCase)
                    && BucketPolicyText.Texts(test.Value, key.Name).All(static value => !IsForAll(value))
                )
                    return true;
            }
        }
        return false;
    }

    private static bool IsForAll(string value) => value.Length == 0 || value[0] == '*' || value.EndsWith("/0", StringComparison.Ordinal);
}
