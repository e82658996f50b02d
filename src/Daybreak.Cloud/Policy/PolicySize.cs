namespace Daybreak.Cloud.Policy;

/// <summary>The size of a document for IAM's quotas: characters without white space.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</remarks>
public static class PolicySize
{
    public const int ManagedPolicy = 6144;
    public const int RoleInlinePolicies = 10240;
    public const int UserInlinePolicies = 2048;
    public const int GroupInlinePolicies = 5120;
    public const int TrustPolicy = 2048;

    public static int Of(ReadOnlySpan<char> document)
    {
        var count = 0;
        foreach (var character in document)
            if (!char.IsWhiteSpace(character))
                count++;
        return count;
    }
}
