using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Lambda.Urls;

/// <summary>Which web pages may call the URL of a function, and what they may see. The form of requests, answers and the state.</summary>
public sealed record Cors
{
    public bool? AllowCredentials { get; init; }

    [Length(0, 100)]
    [Length(0, 1024, OfItems = true)]
    [Pattern(".*", OfItems = true)]
    public IReadOnlyList<string>? AllowHeaders { get; init; }

    [Length(0, 6)]
    [Length(0, 6, OfItems = true)]
    [Pattern(".*", OfItems = true)]
    public IReadOnlyList<string>? AllowMethods { get; init; }

    [Length(0, 100)]
    [Length(1, 253, OfItems = true)]
    [Pattern(".*", OfItems = true)]
    public IReadOnlyList<string>? AllowOrigins { get; init; }

    [Length(0, 100)]
    [Length(0, 1024, OfItems = true)]
    [Pattern(".*", OfItems = true)]
    public IReadOnlyList<string>? ExposeHeaders { get; init; }

    [Range(0, 86_400)]
    public int? MaxAge { get; init; }

    /// <summary>Null for one without members, which ends CORS.</summary>
    internal static Cors? Of(Cors? given) => given == new Cors() ? null : given;

    /// <summary>Whether pages of an origin may call; null stands for pages that do not say where they come from.</summary>
    internal bool Allows(string? origin) =>
        AllowOrigins?.Any(allowed => allowed == "*" || (origin is not null && allowed.Equals(origin, StringComparison.OrdinalIgnoreCase)))
        == true;

    /// <summary>The headers that tell a browser so.</summary>
    /// <param name="isPreflight">Whether it asks what it may send.</param>
    internal IEnumerable<KeyValuePair<string, string>> HeadersFor(string origin, bool isPreflight)
    {
        if (!Allows(origin))
            yield break;
        var isForAll = AllowOrigins!.Contains("*") && AllowCredentials != true;
        yield return new("Access-Control-Allow-Origin", isForAll ? "*" : origin);
        if (!isForAll)
            yield return new("Vary", "Origin");
        if (AllowCredentials == true)
            yield return new("Access-Control-Allow-Credentials", "true");
        if (!isPreflight)
        {
            if (ExposeHeaders is { Count: > 0 } exposed)
                yield return new("Access-Control-Expose-Headers", string.Join(',', exposed));
            yield break;
        }
        if (AllowMethods is { Count: > 0 } methods)
            yield return new("Access-Control-Allow-Methods", string.Join(',', methods));
        if (AllowHeaders is { Count: > 0 } headers)
            yield return new("Access-Control-Allow-Headers", string.Join(',', headers));
        if (MaxAge is { } seconds)
            yield return new("Access-Control-Max-Age", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
