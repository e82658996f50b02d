using Daybreak.Aws;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Explaining;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Explain;

/// <summary>GET /_daybreak/explain/reach?function=…&amp;target=…[&amp;region=…]: one JSON object, in which <c>database</c> is the
/// target.</summary>
internal sealed class ReachRoute(ReachExplainer explainer)
{
    public const string Path = "/_daybreak/explain/reach";

    public async Task HandleAsync(HttpContext http)
    {
        var query = http.Request.Query;
        try
        {
            var question = new ReachQuestion(query.Required("function"), query.Required("target"), query.Given("region"));
            var stages = await explainer.ExplainAsync(question);
            await RestJsonProtocol.WriteJsonAsync(
                http.Response,
                "application/json",
                json => ExplanationJson.Write(json, new Explanation(question.Target, question.Function, stages))
            );
        }
        catch (AwsException error)
        {
            await ExplanationRefusal.WriteAsync(http, error);
        }
    }
}
