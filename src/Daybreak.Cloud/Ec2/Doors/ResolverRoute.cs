using System.Globalization;
using Daybreak.Cloud.FrontDoor.Protocols;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Ec2.Doors;

/// <summary>
/// GET /_daybreak/network?account=…&amp;region=…&amp;interface=…&amp;host=…&amp;port=…: resolves a host for an interface to an
/// address of this machine.
/// </summary>
internal sealed class ResolverRoute(Resolver resolve)
{
    public const string Path = "/_daybreak/network";

    public Task HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var port = int.TryParse(query["port"], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var address = resolve($"{query["account"]}", $"{query["region"]}", $"{query["interface"]}", $"{query["host"]}", port);
        http.Response.StatusCode = address is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return RestJsonProtocol
            .WriteJsonAsync(
                http.Response,
                "application/json",
                json =>
                {
                    json.WriteStartObject();
                    if (address is null)
                        json.WriteString("message", "its name cannot be resolved");
                    else
                    {
                        json.WriteString("address", address.Address.ToString());
                        json.WriteNumber("port", address.Port);
                    }
                    json.WriteEndObject();
                }
            )
            .AsTask();
    }
}
