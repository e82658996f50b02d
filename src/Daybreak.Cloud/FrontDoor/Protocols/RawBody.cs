using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Writes a whole body with its length.</summary>
internal static class RawBody
{
    public static async ValueTask WriteAsync(HttpResponse http, string? contentType, ReadOnlyMemory<byte> body)
    {
        if (http.StatusCode != StatusCodes.Status204NoContent)
            http.ContentLength = body.Length;
        if (contentType is not null && !body.IsEmpty)
            http.ContentType = contentType;
        if (!body.IsEmpty)
            await http.BodyWriter.WriteAsync(body, http.HttpContext.RequestAborted);
    }
}
