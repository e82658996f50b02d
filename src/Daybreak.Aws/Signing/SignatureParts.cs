using System.Globalization;

namespace Daybreak.Aws.Signing;

/// <summary>The parts of a signature in the Authorization header or in the query string.</summary>
internal record struct SignatureParts
{
    public bool IsPresigned { get; private init; }

    public ReadOnlyMemory<char> Algorithm { get; private set; }

    public ReadOnlyMemory<char> Credential { get; private set; }

    public ReadOnlyMemory<char> SignedHeaders { get; private set; }

    public ReadOnlyMemory<char> Signature { get; private set; }

    public string Date { get; private set; }

    /// <summary>Whether the date is in a Date header, which may have the HTTP form.</summary>
    public bool IsDateHeader { get; private set; }

    public string? SessionToken { get; private set; }

    public string? PayloadHash { get; private set; }

    public TimeSpan? Expires { get; private set; }

    /// <summary>Reads the header form. Returns null or the error.</summary>
    public static string? FromHeader(in RequestHead request, string authorization, out SignatureParts parts)
    {
        parts = default;
        var first = true;
        foreach (var range in authorization.AsSpan().SplitAny(' ', ','))
        {
            var pair = authorization.AsMemory()[range];
            if (first)
            {
                first = false;
                parts.Algorithm = pair;
                continue;
            }
            if (pair.IsEmpty)
                continue;
            var equals = pair.Span.IndexOf('=');
            if (equals < 0)
                return SigV4Messages.NoKeyValuePair(authorization);
            if (!parts.TrySet(pair.Span[..equals], pair[(equals + 1)..]))
                return SigV4Messages.SentTwice(pair.Span[..equals].ToString());
        }

        var dates = request.Find("x-amz-date", out var date);
        if (dates == 0)
        {
            dates = request.Find("date", out date);
            parts.IsDateHeader = dates > 0;
        }
        if (parts.Missing() is var missing && (missing is not null || dates == 0))
            return SigV4Messages.MissingParts(missing ?? [], dates == 0, authorization);
        parts.Date = date;
        var tokens = request.Find("x-amz-security-token", out var token);
        parts.SessionToken = tokens > 0 ? token : null;
        return dates > 1 ? SigV4Messages.SentTwice("X-Amz-Date")
            : tokens > 1 ? SigV4Messages.SentTwice("X-Amz-Security-Token")
            : parts.ReadPayloadHash(request);
    }

    /// <summary>Reads the query form. Returns null or the error.</summary>
    public static string? FromQuery(in RequestHead request, out SignatureParts parts)
    {
        parts = new SignatureParts { IsPresigned = true, Date = "" };
        string? expires = null;
        var query = request.Query;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (!pair.StartsWith("X-Amz-", StringComparison.Ordinal))
                continue;
            var equals = pair.IndexOf('=');
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..].ToString());
            var repeated = false;
            switch (name)
            {
                case "X-Amz-Algorithm":
                    repeated = !parts.Algorithm.IsEmpty;
                    parts.Algorithm = value.AsMemory();
                    break;
                case "X-Amz-Credential":
                    repeated = !parts.Credential.IsEmpty;
                    parts.Credential = value.AsMemory();
                    break;
                case "X-Amz-SignedHeaders":
                    repeated = !parts.SignedHeaders.IsEmpty;
                    parts.SignedHeaders = value.AsMemory();
                    break;
                case "X-Amz-Signature":
                    repeated = !parts.Signature.IsEmpty;
                    parts.Signature = value.AsMemory();
                    break;
                case "X-Amz-Date":
                    repeated = parts.Date.Length > 0;
                    parts.Date = value;
                    break;
                case "X-Amz-Security-Token":
                    repeated = parts.SessionToken is not null;
                    parts.SessionToken = value;
                    break;
                case "X-Amz-Content-Sha256":
                    repeated = parts.PayloadHash is not null;
                    parts.PayloadHash = value;
                    break;
                case "X-Amz-Expires":
                    repeated = expires is not null;
                    expires = value;
                    break;
                default:
                    break;
            }
            if (repeated)
                return SigV4Messages.SentTwice(name.ToString());
        }
        var algorithm = !parts.Algorithm.IsEmpty;
        var date = parts.Date.Length > 0;
        if (parts.Missing() is var missing && (missing is not null || !algorithm || !date))
            return SigV4Messages.MissingParameters(algorithm, missing ?? [], date);
        return parts.ReadExpires(expires) ?? (parts.PayloadHash is null ? parts.ReadPayloadHash(request) : null);
    }

    /// <summary>Returns false when the part was set before. Parts with other names are ignored, as AWS does.</summary>
    private bool TrySet(ReadOnlySpan<char> name, ReadOnlyMemory<char> value)
    {
        var repeated = false;
        switch (name)
        {
            case "Credential":
                repeated = !Credential.IsEmpty;
                Credential = value;
                break;
            case "SignedHeaders":
                repeated = !SignedHeaders.IsEmpty;
                SignedHeaders = value;
                break;
            case "Signature":
                repeated = !Signature.IsEmpty;
                Signature = value;
                break;
            default:
                break;
        }
        return !repeated;
    }

    private string? ReadPayloadHash(in RequestHead request)
    {
        var sent = request.Find("x-amz-content-sha256", out var hash);
        PayloadHash = sent > 0 ? hash : null;
        return sent > 1 ? SigV4Messages.SentTwice("X-Amz-Content-Sha256") : null;
    }

    /// <summary>Returns null when all three parts exist.</summary>
    private readonly List<string>? Missing()
    {
        if (!Credential.IsEmpty && !Signature.IsEmpty && !SignedHeaders.IsEmpty)
            return null;
        var missing = new List<string>();
        if (Credential.IsEmpty)
            missing.Add("Credential");
        if (Signature.IsEmpty)
            missing.Add("Signature");
        if (SignedHeaders.IsEmpty)
            missing.Add("SignedHeaders");
        return missing;
    }

    /// <summary>Reads 1 to 604,800 seconds; a request without it is valid for as long as a signed header.</summary>
    private string? ReadExpires(string? text)
    {
        if (text is null)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            return SigV4Messages.ExpiresIsNoNumber;
        if (seconds < 1)
            return SigV4Messages.ExpiresTooShort;
        if (seconds > 604_800)
            return SigV4Messages.ExpiresTooLong;
        Expires = TimeSpan.FromSeconds(seconds);
        return null;
    }
}
