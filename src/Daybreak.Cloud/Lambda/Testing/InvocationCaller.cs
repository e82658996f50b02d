using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>Who invoked a function.</summary>
/// <param name="Source">One of the constants.</param>
/// <param name="UserAgent">What the client calls itself; null for those inside.</param>
public sealed record InvocationCaller(string Source, string? UserAgent = null)
{
    public const string Api = "api",
        Sql = "sql",
        Event = "event",
        FunctionUrl = "url";

    /// <summary>What precedes the session in the User-Agent of the bridge: database, user, process and application, each
    /// percent-encoded.</summary>
    private const string Session = " session/";

    private const string Bridge = "daybreak-bridge/";

    public static readonly InvocationCaller OfEvent = new(Event),
        OfUrl = new(FunctionUrl);

    /// <summary>The caller of an API, by its <c>User-Agent</c>.</summary>
    public static InvocationCaller Of(string? userAgent) =>
        new(userAgent?.StartsWith(Bridge, StringComparison.Ordinal) == true ? Sql : Api, userAgent);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("source", Source);
        json.WriteString("userAgent", UserAgent);
        if (Source != Sql)
            return;
        var start = UserAgent!.IndexOf(Session, StringComparison.Ordinal);
        var parts = start < 0 ? [] : UserAgent[(start + Session.Length)..].Split(' ')[0].Split('/');
        foreach (var (name, place) in new[] { ("database", 0), ("user", 1), ("process", 2), ("applicationName", 3) })
            json.WriteString(name, place < parts.Length ? Uri.UnescapeDataString(parts[place]) : null);
    }
}
