using Daybreak.Aws;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Explain;

/// <summary>The parameters of a question in a query string; an empty one counts as absent.</summary>
internal static class QuestionParameters
{
    extension(IQueryCollection query)
    {
        public string? Given(string name) => query[name] is [{ Length: > 0 } value] ? value : null;

        public string Required(string name) =>
            query.Given(name) ?? throw AwsException.Sender("ValidationError", $"The parameter {name} has to be given once.");
    }
}
