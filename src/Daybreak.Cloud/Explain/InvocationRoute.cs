using Daybreak.Aws;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Explaining;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Explain;

/// <summary>GET /_daybreak/explain/invocation?database=…&amp;function=…[&amp;region=…][&amp;dbname=…][&amp;user=…]: one JSON
/// object.</summary>
internal sealed class InvocationRoute(InvocationExplainer explainer)
{
    public const string Path = "/_daybreak/explain/invocation";

    public async Task HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        try
        {
            var question = new InvocationQuestion(
                query.Required("database"),
                query.Required("function"),
                query.Given("region"),
                query.Given("dbname"),
                query.Given("user")
            );
            var (database, stages) = await explainer.ExplainAsync(question);
            await RestJsonProtocol.WriteJsonAsync(
                http.Response,
                "application/json",
                json => ExplanationJson.Write(json, new Explanation(database.Identifier, question.Function, stages))
            );
        }
        catch (AwsException error)
        {
            await ExplanationRefusal.WriteAsync(http, error);
        }
    }
}
