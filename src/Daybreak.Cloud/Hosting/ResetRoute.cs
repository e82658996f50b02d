using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Lambda;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Hosting;

/// <summary>
/// POST /_daybreak/reset: empties everything; with <c>?function=NAME</c> one function, with <c>?service=lambda</c> all functions, with
/// <c>?tests</c> what the test interface has armed and kept.
/// </summary>
/// <param name="reset">Empties everything.</param>
internal sealed class ResetRoute(Func<Task> reset, LambdaService lambda, CloudOptions options)
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
            case ["service"] when query["service"] == "lambda":
                await lambda.ResetFunctionsAsync();
                break;
            case ["tests"]:
                lambda.ResetTests();
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await RestJsonProtocol.WriteJsonAsync(
                    http.Response,
                    "application/json",
                    static json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("message", "Give function=NAME, service=lambda, tests, or nothing for everything.");
                        json.WriteEndObject();
                    }
                );
                return;
        }
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
