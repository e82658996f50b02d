using System.Net;
using System.Text;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.Forwarding;

/// <summary>
/// The operation that a request for another service names, with its parameters. The service must not read another operation or resource
/// out of the request than is judged here, so a request that could be read in two ways is refused.
/// </summary>
/// <param name="Service">The name that the request is signed for.</param>
/// <param name="Name">The operation; null where only the service itself can tell (REST).</param>
/// <param name="Parameters">The members of a JSON body, or the parameters of a form.</param>
internal sealed record RequestedOperation(string Service, string? Name, JsonElement Parameters)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>What stands before the dot of X-Amz-Target, of the services whose resources are judged.</summary>
    private static readonly Dictionary<string, string[]> Targets = new()
    {
        ["sqs"] = ["AmazonSQS"],
        ["dynamodb"] = ["DynamoDB_20120810", "DynamoDBStreams_20120810"],
        ["events"] = ["AWSEvents"],
    };

    public static bool IsForm(AwsRequest request) =>
        request.Header("Content-Type")?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the operation, or what it is about, is in the body.</summary>
    public static bool IsInBody(string service, AwsRequest request) =>
        service != "s3"
        && (request.Headers.ContainsKey("X-Amz-Target") || IsForm(request) || service is "sqs" or "sns" or "dynamodb" or "events");

    /// <summary>Reads it. The body has been read if it is in there.</summary>
    /// <exception cref="AwsException">The request names several operations, or cannot be read.</exception>
    public static RequestedOperation Of(string service, AwsRequest request)
    {
        var targets = request.Headers["X-Amz-Target"];
        if (targets.Count > 0)
        {
            if (targets.Count > 1 || IsForm(request) || request.RawQuery.Length > 0)
                throw Ambiguous();
            var target = targets[0] ?? "";
            var dot = target.LastIndexOf('.');
            if (dot <= 0 || dot == target.Length - 1 || (Targets.TryGetValue(service, out var own) && !own.Contains(target[..dot])))
                throw AwsException.Sender("UnknownOperationException", $"{service} has no operation '{target}'.");
            return new RequestedOperation(service, Named(target[(dot + 1)..]), Json(request.Body));
        }
        if (IsForm(request) || request.Query.ContainsKey("Action"))
        {
            if (request.Body.Length > 0 && WithoutSignature(request.RawQuery).Length > 0)
                throw Ambiguous();
            var text = request.Body.IsEmpty ? request.RawQuery : Encoding.UTF8.GetString(request.Body.Span);
            if (
                text.Split('&').Select(static pair => Uri.UnescapeDataString(pair.Split('=')[0].Replace('+', ' '))) is var names
                && names.GroupBy(static name => name).Any(static same => same.Count() > 1)
            )
                throw Ambiguous();
            var form = FormTree.Parse(text);
            return new RequestedOperation(service, Named(form.Child("Action")?.Value ?? ""), Members(form));
        }
        // Smithy's RPC: /service/NAME/operation/NAME.
        if (request.RawPath.Split('/') is ["", "service", _, "operation", var rpc])
            return new RequestedOperation(service, Named(rpc), default);
        return new RequestedOperation(service, null, default);
    }

    /// <summary>The text of a parameter; null when it is not there.</summary>
    public string? Text(string name) => Text(Parameters, name);

    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The elements of a list; none when it is not there.</summary>
    public IEnumerable<JsonElement> List(string name) =>
        Parameters.ValueKind == JsonValueKind.Object
        && Parameters.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    // Policies name actions by letters only; anything else cannot be an operation.
    private static string Named(string name) =>
        name.Length is > 0 and < 100 && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : throw AwsException.Sender("InvalidAction", $"'{name}' is no name of an operation.");

    private static JsonElement Json(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return default;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default; // the service says what is wrong with it, to whoever may use all of it
        }
    }

    private static JsonElement Members(FormTree form)
    {
        var members = form.Children.Where(static child => child.Value.Value is not null);
        return JsonSerializer.SerializeToElement(members.ToDictionary(static child => child.Key, static child => child.Value.Value));
    }

    private static string WithoutSignature(string query) =>
        string.Join('&', query.Split('&').Where(static pair => !pair.StartsWith("X-Amz-", StringComparison.Ordinal)));

    private static AwsException Ambiguous() =>
        AwsException.Sender(
            "InvalidRequest",
            "The request can be read as more than one: it names its operation twice, or has parameters in both query and body.",
            HttpStatusCode.BadRequest
        );
}
