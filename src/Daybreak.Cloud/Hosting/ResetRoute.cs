using System.Collections.Immutable;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Lambda;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Hosting;

/// <summary>
/// POST /_daybreak/reset: empties everything; with <c>?function=NAME</c> one function, with <c>?service=NAME</c> one service, with
/// <c>?tests</c> what the test interface has armed and kept.
/// </summary>
/// <param name="reset">Empties everything.</param>
internal sealed class ResetRoute(Func<Task> reset, LambdaService lambda, ImmutableArray<AwsService> services, CloudOptions options)
{
    public async Task HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        switch (query.Keys.ToArray())
        {
            case []:
                await reset();
                break;
            case ["function"] when query["function"].ToString() is { Length: > 0 } name:
                await lambda.ResetAsync(name, options.AccountId, options.Region);
                break;
            case ["service"] when services.FirstOrDefault(service => service.Name == query["service"])?.Empty is { } empty:
                await empty();
                break;
            case ["tests"]:
                lambda.ResetTests();
                break;
            default:
                await RefuseAsync(http.Response);
                return;
        }
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private ValueTask RefuseAsync(HttpResponse response)
    {
        var names = string.Join(", ", services.Where(static service => service.Empty is not null).Select(static service => service.Name));
        response.StatusCode = StatusCodes.Status400BadRequest;
        return RestJsonProtocol.WriteJsonAsync(
            response,
            "application/json",
            json =>
            {
                json.WriteStartObject();
                json.WriteString("message", $"Give function=NAME, service=NAME ({names}), tests, or nothing for everything.");
                json.WriteEndObject();
            }
        );
    }
}
