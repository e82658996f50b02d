using System.Globalization;
using Daybreak.Aws;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Explaining;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Explain;

/// <summary>
/// GET /_daybreak/explain/instance?function=…&amp;dbname=…&amp;user=…[&amp;region=…]…: the same as /_daybreak/explain/invocation,
/// for the instance whose server asks, identified by the token of its role. <c>daybreak.explain_invoke</c> uses it, and only gets
/// explanations of its own instance.
/// </summary>
/// <param name="instanceWith">Returns the instance whose server has a token; null: no instance has it.</param>
internal sealed class InstanceExplanationRoute(
    InvocationExplainer explainer,
    InstanceFacts databases,
    Func<string, InstanceName?> instanceWith
)
{
    public const string Path = ServerCredentials.ExplanationPath;

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            if (
                instanceWith(http.Request.Headers.Authorization.ToString()) is not { } instance
                || databases.Find(instance) is not { } database
            )
                throw AwsException.Sender("InvalidToken", "The token was not issued here.", System.Net.HttpStatusCode.Unauthorized);
            var query = http.Request.Query;
            var question = new InvocationQuestion(
                database.Identifier,
                query.Required("function"),
                query.Given("region"),
                query.Required("dbname"),
                query.Required("user")
            )
            {
                Session = new(
                    query.Given("regionSetting") ?? "",
                    Milliseconds(query, "connectTimeout"),
                    Milliseconds(query, "requestTimeout")
                ),
            };
            var stages = await explainer.ExplainAsync(database, question);
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

    private static int Milliseconds(IQueryCollection query, string name) =>
        int.TryParse(query.Required(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw AwsException.Sender("ValidationError", $"The parameter {name} has to be a number.");
}
