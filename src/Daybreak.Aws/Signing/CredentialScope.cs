namespace Daybreak.Aws.Signing;

/// <summary>
/// The key of a signature, and its scope: <c>keyid/date/region/service/aws4_request</c>. Only its form has been checked; see <see
/// cref="Check"/>.
/// </summary>
/// <param name="Date">Eight digits if correct: <c>20150830</c>.</param>
public sealed record CredentialScope(string AccessKeyId, string Date, string Region, string Service, string Terminator)
{
    private const string Request = "aws4_request";

    public static CredentialScope? TryParse(ReadOnlySpan<char> credential)
    {
        Span<Range> parts = stackalloc Range[6];
        if (credential.Split(parts, '/') != 5)
            return null;
        return new CredentialScope(
            credential[parts[0]].ToString(),
            credential[parts[1]].ToString(),
            credential[parts[2]].ToString(),
            credential[parts[3]].ToString(),
            credential[parts[4]].ToString()
        );
    }

    /// <summary>Returns all errors in the scope, or null.</summary>
    /// <param name="signed">Time of the request.</param>
    /// <param name="region">The Region the request must be signed for; null: any well-formed one.</param>
    /// <param name="service">The service the request must be signed for; null: any.</param>
    internal string? Check(DateTimeOffset signed, string? region, string? service)
    {
        // Compares texts without building any, since this runs for every request.
        Span<char> day = stackalloc char[AmzDate.DayLength];
        signed.UtcDateTime.TryFormat(day, out _, "yyyyMMdd");
        var regionIsRight = region is null ? AwsRegion.IsWellFormed(Region) : Region == region;
        if (regionIsRight && (service is null || Service == service) && Terminator == Request && day.SequenceEqual(Date))
            return null;

        var faults = new List<string>();
        if (!regionIsRight)
            faults.Add($"Credential should be scoped to a valid region, not '{Region}'.");
        if (service is not null && Service != service)
            faults.Add($"Credential should be scoped to correct service: '{service}'.");
        if (Terminator != Request)
            faults.Add($"Credential should be scoped with a valid terminator: '{Request}', not '{Terminator}'.");
        if (!day.SequenceEqual(Date))
        {
            faults.Add(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + $"'{Date}' != '{day}', from '{AmzDate.Format(signed)}'."
            );
        }
        return string.Join(' ', faults);
    }
}
