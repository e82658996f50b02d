using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>The answer to a question that cannot be explained.</summary>
internal static class ExplanationRefusal
{
    public static async Task WriteAsync(HttpContext http, AwsException error)
    {
        http.Response.StatusCode = (int)error.Status;
        await RestJsonProtocol.WriteJsonAsync(http.Response, "application/json", json => Write(json, error));
    }

    private static void Write(Utf8JsonWriter json, AwsException error)
    {
        json.WriteStartObject();
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }
}
