using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.S3.Settings;
using Daybreak.Cloud.S3.Storage;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>Requests of web pages, which are answered only where the CORS rules of a bucket name their origin.</summary>
internal sealed class CrossOrigin(ObjectStore store)
{
    private const string NotEnabled = "CORSResponse: CORS is not enabled for this bucket.",
        NotAllowed =
            "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
            + "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

    /// <summary>Whether a request of a page is answered: a question of its browser, or one that a rule names.</summary>
    public bool Admits(AwsRequest request) =>
        HttpMethods.IsOptions(request.Method) || RuleFor(BucketOf(request), request, request.Method, "") is not null;

    /// <summary>Answers the question of a browser whether a page may send a request.</summary>
    public Task AnswerAsync(AwsRequest request, S3Address address, HttpResponse http)
    {
        var method = request.Header("Access-Control-Request-Method");
        if (request.Header("Origin") is null)
            throw S3Errors.Bad("BadRequest", "Insufficient information. Origin request header needed.");
        if (method is null)
            throw S3Errors.Bad("BadRequest", "Invalid Access-Control-Request-Method: null");
        var resource = address.Key is null ? "BUCKET" : "OBJECT";
        if (address.Bucket is null || !store.TryFind(address.Bucket, out var bucket))
            throw Forbidden("CORSResponse: Bucket not found", method, resource);
        if (Cors.Setting.Of(bucket) is null)
            throw Forbidden(NotEnabled, method, resource);
        var asked = request.Header("Access-Control-Request-Headers") ?? "";
        var rule = RuleFor(bucket, request, method, asked) ?? throw Forbidden(NotAllowed, method, resource);
        Write(rule, request, http, asked);
        http.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>Adds to the answer of a page's request that the page may read it.</summary>
    public static void Mark(Bucket bucket, AwsRequest request, HttpResponse http)
    {
        if (RuleFor(bucket, request, request.Method, "") is { } rule)
            Write(rule, request, http, "");
    }

    private Bucket? BucketOf(AwsRequest request)
    {
        try
        {
            return S3Address.Of(request).Bucket is { } name && store.TryFind(name, out var bucket) ? bucket : null;
        }
        catch (AwsException)
        {
            return null;
        }
    }

    private static XElement? RuleFor(Bucket? bucket, AwsRequest request, string method, string headers)
    {
        if (request.Header("Origin") is not { } origin || bucket is null || !bucket.Settings.ContainsKey(Cors.Setting.Name))
            return null;
        return Cors
            .Setting.Of(bucket)
            ?.Children("CORSRule")
            .FirstOrDefault(rule =>
                OriginOf(rule, origin) is not null
                && rule.Children("AllowedMethod").Any(one => one.Value == method)
                && Names(headers).All(name => rule.Children("AllowedHeader").Any(one => Fits(one.Value, name, ignoresCase: true)))
            );
    }

    private static void Write(XElement rule, AwsRequest request, HttpResponse http, string asked)
    {
        var headers = http.Headers;
        var origin = request.Header("Origin")!;
        var isForAll = OriginOf(rule, origin) == "*";
        headers.AccessControlAllowOrigin = isForAll ? "*" : origin;
        headers.AccessControlAllowMethods = string.Join(", ", rule.Children("AllowedMethod").Select(static one => one.Value));
        if (asked.Length > 0)
            headers.AccessControlAllowHeaders = string.Join(", ", Names(asked));
        if (rule.Child("ExposeHeader") is not null)
            headers.AccessControlExposeHeaders = string.Join(", ", rule.Children("ExposeHeader").Select(static one => one.Value));
        if (rule.Text("MaxAgeSeconds") is { } seconds)
            headers.AccessControlMaxAge = seconds;
        if (!isForAll)
            headers.AccessControlAllowCredentials = "true";
        headers.Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
    }

    private static string? OriginOf(XElement rule, string origin) =>
        rule.Children("AllowedOrigin").Select(static one => one.Value).FirstOrDefault(one => Fits(one, origin, ignoresCase: false));

    private static string[] Names(string headers) =>
        headers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Fits(string pattern, string text, bool ignoresCase)
    {
        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? pattern.Equals(text, comparison)
            : text.Length >= pattern.Length - 1
                && text.StartsWith(pattern[..star], comparison)
                && text.EndsWith(pattern[(star + 1)..], comparison);
    }

    private static AwsException Forbidden(string message, string method, string resource) =>
        S3Errors.Error(403, "AccessForbidden", message, ("Method", method), ("ResourceType", resource));
}
