namespace Daybreak.Aws.Signing;

/// <summary>Requirements for a signature other than that it matches.</summary>
internal static class SignatureRules
{
    private const string OwnHeaderPrefix = "x-amz-";

    /// <summary>How far the signer's clock may be off: 15 minutes for STS and S3, as their messages show, 5 for everything else.</summary>
    public static TimeSpan ClockSkew(string? service) => TimeSpan.FromMinutes(service is "sts" or "s3" ? 15 : 5);

    /// <param name="expires">How long a presigned request is valid; null: as long as clocks may differ.</param>
    public static SigV4Result CheckAge(DateTimeOffset signed, DateTimeOffset now, TimeSpan? expires, TimeSpan skew)
    {
        // Signers send whole seconds.
        now = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var validity = expires ?? skew;
        if (signed < now - validity)
            return new(SigV4Outcome.SignatureExpired, SigV4Messages.Expired(signed, now, validity));
        if (signed > now + skew)
            return new(SigV4Outcome.SignatureNotYetCurrent, SigV4Messages.NotYetCurrent(signed, now, skew));
        return SigV4Result.Valid;
    }

    /// <summary>Returns the message for the first header that should have been signed and was not; null when there is none.</summary>
    public static string? FindUnsigned(ReadOnlySpan<HttpField> headers, ReadOnlySpan<char> signedHeaders)
    {
        // Each name has at least one field. A longer list can only make this loop slow.
        if (signedHeaders.Count(';') >= headers.Length)
            return SigV4Messages.SignatureDoesNotMatch;
        if (!Contains(signedHeaders, "host"))
            return SigV4Messages.HostNotSigned;
        foreach (var field in headers)
        {
            if (field.Name.StartsWith(OwnHeaderPrefix, StringComparison.OrdinalIgnoreCase) && !Contains(signedHeaders, field.Name))
                return SigV4Messages.NotSigned(field.Name);
        }
        return null;
    }

    private static bool Contains(ReadOnlySpan<char> signedHeaders, ReadOnlySpan<char> name)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range].Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
