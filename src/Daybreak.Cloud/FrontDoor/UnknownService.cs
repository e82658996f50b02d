using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// Answers requests for unknown services in the client's own protocol, so that the client can show the error. The request reveals the
/// protocol; only the two kinds of REST look alike.
/// </summary>
internal static class UnknownService
{
    private const string JsonContent = "application/x-amz-json-1.";
    private const string FirstJson = JsonContent + "0",
        LaterJson = JsonContent + "1";

    /// <summary>Signing names of the services that use rest-xml.</summary>
    private static readonly string[] OfRestXml = ["s3", "s3express", "s3-outposts", "s3-object-lambda", "route53", "cloudfront"];

    private static readonly RestJsonProtocol RestJson = new();
    private static readonly QueryProtocol Query = new();
    private static readonly AwsService Instance = new()
    {
        Name = "unknown",
        Protocol = RestJson,
        Version = "",
        Operations = [],
    };

    public static ValueTask WriteErrorAsync(AwsRequest request, AwsException error, HttpResponse http)
    {
        http.StatusCode = (int)error.Status;
        http.Headers["x-amzn-ErrorType"] = error.Code;
        if (HttpMethods.IsHead(request.Method))
            return RawBody.WriteAsync(http, null, default);
        if (CborError.IsSpokenBy(request))
            return CborError.WriteAsync(error.Code, error.Message, http);
        var content = request.Header("Content-Type") ?? "";
        if (request.Header("X-Amz-Target") is not null || content.StartsWith(JsonContent, StringComparison.OrdinalIgnoreCase))
        {
            var type = content.StartsWith(FirstJson, StringComparison.OrdinalIgnoreCase) ? FirstJson : LaterJson;
            return RestJsonProtocol.WriteJsonAsync(http, type, json => WriteJson(json, error));
        }
        if (
            content.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || request.Query.ContainsKey("Action")
        )
            return Query.WriteErrorAsync(Instance, error, request.RequestId, http);
        // Among services with unknown paths, only S3 is used without signatures.
        var isRestXml = request.Scope is { } scope
            ? OfRestXml.Contains(scope.Service)
            : error.Code == NotImplemented.Code && !content.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
        if (isRestXml)
            return WriteRestXmlAsync(request, error, http);
        return RestJson.WriteErrorAsync(Instance, error, request.RequestId, http);
    }

    private static void WriteJson(Utf8JsonWriter json, AwsException error)
    {
        json.WriteStartObject();
        json.WriteString("__type", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    // S3's form, which clients of the other services can read as well.
    private static ValueTask WriteRestXmlAsync(AwsRequest request, AwsException error, HttpResponse http) =>
        XmlBody.WriteAsync(
            http,
            "application/xml",
            xml =>
            {
                xml.WriteStartElement("Error");
                xml.WriteTextElement("Code", error.Code);
                xml.WriteTextElement("Message", error.Message);
                xml.WriteTextElement("RequestId", request.RequestId);
                xml.WriteEndElement();
            }
        );
}
