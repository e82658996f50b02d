using System.Net;
using System.Text;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Reads the parameters of query and ec2 requests: from the body of a POST, or from the query string of a GET.</summary>
internal static class FormRequest
{
    private const long Limit = 1024 * 1024;

    public static async ValueTask<AwsOperation> FindOperationAsync(AwsService service, AwsRequest request)
    {
        if (request.IsOpenedByHand)
            throw AwsException.Sender(
                "AccessDenied",
                "A browser cannot be redirected to an operation of this service, which may change something.",
                HttpStatusCode.Forbidden
            );
        await request.ReadBodyAsync(
            Limit,
            static (_, length) => AwsException.Sender("MalformedInput", $"Request of {length} bytes is too large")
        );
        var action =
            Parse(request).Child("Action")?.Value
            ?? throw AwsException.Sender("MissingAction", "Missing Action", HttpStatusCode.BadRequest);
        return service.Operations.FirstOrDefault(operation => operation.Name == action)
            ?? throw AwsException.Sender("InvalidAction", $"Could not find operation {action} for version {service.Version}");
    }

    public static FormTree Parse(AwsRequest request) =>
        FormTree.Parse(request.Body.IsEmpty ? request.RawQuery : Encoding.UTF8.GetString(request.Body.Span));
}
