namespace Daybreak.Cloud.FrontDoor;

/// <summary>The claim of a Signature Version 4: which key, which day, which region, which service. Not yet verified.</summary>
public sealed record CredentialScope(string AccessKeyId, string Date, string Region, string Service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Reads <c>Credential=AK/20260101/us-east-1/lambda/aws4_request</c> of an Authorization header; null when there is none.</summary>
    public static CredentialScope? FromAuthorization(string? header)
    {
        if (header is null || !header.StartsWith(Algorithm, StringComparison.Ordinal))
            return null;
        var start = header.IndexOf("Credential=", StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += "Credential=".Length;
        var end = header.AsSpan(start).IndexOfAny(',', ' ');
        return Parse(end < 0 ? header[start..] : header.Substring(start, end));
    }

    /// <summary>Reads the value of X-Amz-Credential (decoded).</summary>
    public static CredentialScope? Parse(string credential)
    {
        var parts = credential.Split('/');
        return parts is [{ Length: > 0 } key, { Length: > 0 } date, { Length: > 0 } region, { Length: > 0 } service, "aws4_request"]
            ? new CredentialScope(key, date, region, service)
            : null;
    }
}
