using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>The common parts of all explanations.</summary>
internal static class ExplanationJson
{
    public static async Task RefuseAsync(HttpContext http, AwsException error)
    {
        http.Response.StatusCode = (int)error.Status;
        await RestJsonProtocol.WriteJsonAsync(
            http.Response,
            "application/json",
            json =>
            {
                json.WriteStartObject();
                json.WriteString("code", error.Code);
                json.WriteString("message", error.Message);
                json.WriteEndObject();
            }
        );
    }

    public static void Write(Utf8JsonWriter json, FixStep step)
    {
        json.WriteStartObject();
        json.WriteString("what", step.What);
        if (step.Document is { } document)
        {
            json.WritePropertyName("policyDocument");
            json.WriteRawValue(document);
        }
        json.WriteStartArray("commands");
        foreach (var command in step.Commands)
            json.WriteStringValue(command);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
