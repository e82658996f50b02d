using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Invoking;
using Daybreak.Cloud.Lambda.Permissions;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Runtime.Debugging;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Debugging;

/// <summary>
/// <c>POST /_daybreak/debug</c>: lets a process of the caller run a function, for as long as the caller stays connected. The answer is a
/// JSON object with what that process needs, and then one a line for what happens. Unlike others of our paths it takes a signature: who may
/// replace the code of a function (<c>lambda:UpdateFunctionCode</c>) may run it, and gets the credentials of its role either way.
/// </summary>
/// <param name="service">Lambda, for which callers sign.</param>
internal sealed class DebugDoor(
    FunctionStore functions,
    FunctionRunner runner,
    FunctionPolicies policies,
    IFunctionRuntime runtime,
    AwsService service,
    IAuthenticator authenticator,
    IAuthorizer authorizer
)
{
    private const long NoBody = 0;

    private readonly BodyMemory _bodies = new();

    private readonly AwsOperation<FunctionState, NoMembers> _action = new("UpdateFunctionCode", static (_, _) => NoMembers.Instance)
    {
        Resource = static (function, _) => function.Reference.UnqualifiedArn,
        ResourcePolicy = (function, _) => policies.PolicyOf(function.Reference.UnqualifiedArn),
    };

    public async Task HandleAsync(HttpContext http)
    {
        // 1. The caller.
        var requestId = Guid.NewGuid().ToString();
        using var request = new AwsRequest(http, requestId, _bodies);
        var claim = authenticator.Examine(request, service);
        await request.ReadBodyAsync(NoBody, static (_, _) => Invalid("The request has no body."));
        var caller = authenticator.Authenticate(claim, request, service);

        // 2. The function, and whether the caller may run its code.
        var region = request.Scope!.Region;
        var reference = FunctionReference.Resolve(Single(http, "function"), Optional(http, "qualifier"), caller.AccountId, region);
        var wanted = Wanted(http);
        var function = await functions.FindReadyAsync(reference) ?? throw LambdaErrors.FunctionNotFound(reference.QualifiedArn);
        var context = new OperationContext(caller.AccountId, region, caller, requestId, "", request.Aborted)
        {
            Circumstances = new RequestKeys(request, region),
        };
        authorizer.Authorize(service, _action, function, context);

        // 3. The session, which ends with the connection.
        using var session = await StartAsync(function, wanted);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, session.Ended);
        http.Response.ContentType = "application/x-ndjson";
        await WriteAsync(http, json => WriteStart(json, function, session));
        await foreach (var happened in session.EventsAsync(ended.Token))
            await WriteAsync(http, json => WriteEvent(json, happened));
    }

    private async Task<DebugSession> StartAsync(FunctionState function, DebugRequest wanted)
    {
        try
        {
            return await runtime.DebugAsync(runner.VersionFor(function), wanted)
                ?? throw AwsException.Sender(
                    "ResourceConflictException",
                    $"Somebody debugs {function.FunctionName} ({function.Version}) already.",
                    HttpStatusCode.Conflict
                );
        }
        catch (SocketException error)
        {
            throw AwsException.Sender(
                "ResourceConflictException",
                string.Create(CultureInfo.InvariantCulture, $"The port {wanted.Port} cannot be used: {error.Message}."),
                HttpStatusCode.Conflict
            );
        }
        catch (InvalidOperationException error)
        {
            throw Invalid(error.Message);
        }
    }

    private static DebugRequest Wanted(HttpContext http)
    {
        var port = 0;
        if (
            Optional(http, "port") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
        )
            throw Invalid($"{text} is no port.");
        var directory = Single(http, "directory");
        return Path.IsPathRooted(directory)
            ? new DebugRequest(directory, port, Optional(http, "attended") == "true")
            : throw Invalid("The directory has to be an absolute path.");
    }

    private static string Single(HttpContext http, string name) =>
        Optional(http, name) ?? throw Invalid($"The parameter {name} has to be given once.");

    private static string? Optional(HttpContext http, string name) => http.Request.Query[name] is [{ Length: > 0 } value] ? value : null;

    private static AwsException Invalid(string message) => AwsException.Sender("InvalidParameterValueException", message);

    private static void WriteStart(Utf8JsonWriter json, FunctionState function, DebugSession session)
    {
        json.WriteString("event", "started");
        json.WriteString("function", function.FunctionName);
        json.WriteString("version", function.Version);
        json.WriteString("runtime", function.Runtime);
        json.WriteString("handler", function.Handler);
        json.WriteString("runtimeDirectory", session.RuntimeDirectory);
        json.WriteStartArray("command");
        foreach (var word in session.Command)
            json.WriteStringValue(word);
        json.WriteEndArray();
        json.WriteStartObject("variables");
        foreach (var (name, value) in session.Variables.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, DebugEvent happened)
    {
        json.WriteString("event", happened.Kind);
        if (happened.RequestId is { } id)
            json.WriteString("requestId", id);
        if (happened.Milliseconds is { } milliseconds)
            json.WriteNumber("milliseconds", Math.Round(milliseconds, 1));
    }

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        await using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        await http.Response.Body.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
