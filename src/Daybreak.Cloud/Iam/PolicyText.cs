namespace Daybreak.Cloud.Iam;

/// <summary>IAM returns documents percent-encoded (RFC 3986).</summary>
internal static class PolicyText
{
    public static string Encode(string document) => Uri.EscapeDataString(document);
}
