using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Forwarding;

/// <summary>Where requests for a service go that is not here: <c>sqs=http://127.0.0.1:5000</c>.</summary>
/// <param name="Service">The name that requests are signed for, or <c>*</c> for every service without a rule of its own.</param>
/// <param name="Url">An http or https URL; paths of requests follow its own.</param>
/// <param name="Profile">The profile of AWS's files whose keys sign what is sent; null: keys that everybody knows do.</param>
public sealed partial record ForwardRule(string Service, Uri Url, string? Profile = null)
{
    public const string EveryService = "*";

    private const string ProfileOption = "profile=";

    /// <summary>Whether the endpoint is on this machine.</summary>
    public bool IsLocal => Url.IsLoopback || (IPAddress.TryParse(Url.IdnHost, out var address) && IPAddress.IsLoopback(address));

    /// <param name="text"><c>SERVICE=URL</c> or <c>SERVICE=URL,profile=NAME</c>.</param>
    /// <param name="defect">Why it is no rule.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ForwardRule? rule, [NotNullWhen(false)] out string? defect)
    {
        rule = null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return Not($"'{text}' is not SERVICE=URL, such as sqs=http://127.0.0.1:5000", out defect);
        var (service, rest) = (text[..equals], text[(equals + 1)..]);
        if (service != EveryService && !ServiceName().IsMatch(service))
            return Not($"'{service}' is no name of a service as requests are signed for, such as sqs, nor *", out defect);
        string? profile = null;
        if (rest.LastIndexOf("," + ProfileOption, StringComparison.Ordinal) is >= 0 and var comma)
        {
            profile = rest[(comma + 1 + ProfileOption.Length)..];
            rest = rest[..comma];
            if (profile.Length == 0)
                return Not($"{service} has a profile without a name", out defect);
        }
        if (!Uri.TryCreate(rest, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            return Not($"'{rest}' is no http or https URL", out defect);
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            return Not($"the URL of {service} may have a host, a port and a path, and nothing else", out defect);
        var parsed = new ForwardRule(service, url, profile);
        if (profile is not null && url.Scheme == Uri.UriSchemeHttp && !parsed.IsLocal)
            return Not($"requests of {service} that a profile signs leave this machine by https only, not to {url}", out defect);
        (rule, defect) = (parsed, null);
        return true;
    }

    private static bool Not(string why, out string defect)
    {
        defect = why;
        return false;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]*\z")]
    private static partial Regex ServiceName();
}
