using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>The test interface over HTTP: <c>/_daybreak/invocations</c>, <c>faults</c>, <c>stubs</c>, <c>recording</c>, <c>replay</c>.
/// </summary>
internal sealed class TestRoutes(TestInterface tests)
{
    private const int LongestWaitSeconds = 60;
    private const int LongestDelay = 15 * 60 * 1000;

    public IEnumerable<KeyValuePair<string, Func<HttpContext, Task>>> Routes =>
        [
            new("GET /_daybreak/invocations", ListAsync),
            new("DELETE /_daybreak/invocations", http => DoneAsync(http, () => tests.Log.Clear(Function(http)))),
            new("GET /_daybreak/faults", http => AnswerAsync(http, "faults", tests.Faults, static (fault, json) => fault.Write(json))),
            new("POST /_daybreak/faults", ArmAsync),
            new("DELETE /_daybreak/faults", http => DoneAsync(http, () => tests.Disarm(Function(http)))),
            new("GET /_daybreak/stubs", http => AnswerAsync(http, "stubs", tests.Stubs, static (stub, json) => stub.Write(json))),
            new("POST /_daybreak/stubs", StubAsync),
            new("DELETE /_daybreak/stubs", http => DoneAsync(http, () => tests.RemoveStubs(Function(http)))),
            new("GET /_daybreak/recording", http => JsonBody.AnswerAsync(http, tests.Recording.Write)),
            new("POST /_daybreak/recording", http => DoneAsync(http, tests.Recording.Start)),
            new("DELETE /_daybreak/recording", http => DoneAsync(http, tests.Recording.Stop)),
            new("GET /_daybreak/replay", ShowReplayAsync),
            new("POST /_daybreak/replay", ReplayAsync),
            new("DELETE /_daybreak/replay", http => DoneAsync(http, () => tests.Set(null))),
        ];

    private async Task ListAsync(HttpContext http)
    {
        var query = http.Request.Query;
        foreach (var name in query.Keys)
        {
            if (name is not ("function" or "source" or "contains" or "payload" or "failed" or "after" or "count" or "wait"))
            {
                await JsonBody.RefuseAsync(http, $"There is no parameter '{name}'.");
                return;
            }
        }
        JsonElement? pattern = null;
        if (query.TryGetValue("payload", out var text))
        {
            if (!JsonSubset.TryParse(System.Text.Encoding.UTF8.GetBytes(text.ToString()), out var json))
            {
                await JsonBody.RefuseAsync(http, "payload is no JSON.");
                return;
            }
            pattern = json;
        }
        bool? failed = query.TryGetValue("failed", out var asked) ? asked == "true" : null;
        if (
            !TryRead(query, "after", 0, long.MaxValue, out var after)
            || !TryRead(query, "count", 1, InvocationLog.Most, out var count)
            || !TryRead(query, "wait", 0, LongestWaitSeconds, out var seconds)
            || (failed is not null && asked != "true" && asked != "false")
        )
        {
            await JsonBody.RefuseAsync(
                http,
                $"after, count (1 to {InvocationLog.Most}) and wait (0 to {LongestWaitSeconds} seconds) are numbers, "
                    + "failed is true or false."
            );
            return;
        }
        var filter = new InvocationFilter(Text(query, "function"), after, Text(query, "source"), Text(query, "contains"), pattern, failed);
        var found = await tests.Log.FindAsync(filter, (int)count, TimeSpan.FromSeconds(seconds), http.RequestAborted);
        await AnswerAsync(http, "invocations", found, static (one, json) => one.Write(json));
    }

    private async Task ArmAsync(HttpContext http)
    {
        if (await JsonBody.ReadAsync(http.Request) is not { } body)
        {
            await JsonBody.RefuseAsync(http, "The body is no JSON object.");
            return;
        }
        var isForAll = body.TryGetProperty("times", out var given) && given.ValueKind == JsonValueKind.Null;
        var times = isForAll ? null : Number(body, "times", 1);
        var (milliseconds, status) = (Number(body, "milliseconds", 0), Number(body, "status", 500));
        var kind = JsonBody.Text(body, "kind");
        var refusal =
            Unknown(body, "function", "kind", "times", "milliseconds", "status", "payload")
            ?? (JsonBody.Text(body, "function") is not { Length: > 0 } ? "function is missing: a name, or * for all." : null)
            ?? (kind is null || !ArmedFault.Kinds.Contains(kind) ? $"kind is one of {string.Join(", ", ArmedFault.Kinds)}." : null)
            ?? ((!isForAll && times is null or < 1) ? "times is a number from 1 on, or null for all." : null)
            ?? (milliseconds is < 0 or > LongestDelay ? $"milliseconds is a number up to {LongestDelay}." : null)
            ?? (status is < 500 or > 599 ? "status is a number from 500 to 599." : null);
        if (refusal is not null)
        {
            await JsonBody.RefuseAsync(http, refusal);
            return;
        }
        var payload = JsonBody.Raw(body, "payload");
        var fault = tests.Arm(
            new ArmedFault(
                JsonBody.Text(body, "function")!,
                kind!,
                times,
                milliseconds!.Value,
                status!.Value,
                payload.Length == 0 ? null : payload
            )
        );
        await JsonBody.AnswerAsync(http, fault.Write);
    }

    private async Task StubAsync(HttpContext http)
    {
        if (await JsonBody.ReadAsync(http.Request) is not { } body)
        {
            await JsonBody.RefuseAsync(http, "The body is no JSON object.");
            return;
        }
        var milliseconds = Number(body, "milliseconds", 0);
        var (exact, part) = (body.TryGetProperty("payload", out var whole), body.TryGetProperty("contains", out var some));
        var refusal =
            Unknown(body, "function", "payload", "contains", "result", "functionError", "milliseconds")
            ?? (JsonBody.Text(body, "function") is not { Length: > 0 } ? "function is missing: a name." : null)
            ?? (exact && part ? "Give one of payload (all of it) and contains (some of it)." : null)
            ?? (milliseconds is null or < 0 or > LongestDelay ? $"milliseconds is a number up to {LongestDelay}." : null);
        if (refusal is not null)
        {
            await JsonBody.RefuseAsync(http, refusal);
            return;
        }
        var result = JsonBody.Raw(body, "result");
        var stub = tests.Add(
            new Stub(
                JsonBody.Text(body, "function")!,
                exact ? whole
                    : part ? some
                    : null,
                exact,
                result.Length == 0 ? "null"u8.ToArray() : result,
                JsonBody.Text(body, "functionError"),
                milliseconds!.Value
            )
        );
        await JsonBody.AnswerAsync(http, stub.Write);
    }

    private Task ShowReplayAsync(HttpContext http) =>
        JsonBody.AnswerAsync(
            http,
            json =>
            {
                if (tests.Replay is { } replay)
                {
                    replay.Write(json);
                    return;
                }
                json.WriteStartObject();
                json.WriteBoolean("on", false);
                json.WriteEndObject();
            }
        );

    private async Task ReplayAsync(HttpContext http)
    {
        if (
            await JsonBody.ReadAsync(http.Request) is not { } body
            || !body.TryGetProperty("calls", out var calls)
            || calls.ValueKind != JsonValueKind.Array
        )
        {
            await JsonBody.RefuseAsync(http, "The body is no recording: an object with calls, as GET /_daybreak/recording answers.");
            return;
        }
        var read = calls.EnumerateArray().Select(RecordedCall.Read).ToList();
        if (read.Contains(null))
        {
            await JsonBody.RefuseAsync(http, $"The call {read.IndexOf(null) + 1} has no function.");
            return;
        }
        tests.Set(new Replay([.. read.OfType<RecordedCall>()]));
        await ShowReplayAsync(http);
    }

    private static Task AnswerAsync<T>(HttpContext http, string name, IEnumerable<T> items, Action<T, Utf8JsonWriter> write) =>
        JsonBody.AnswerAsync(
            http,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray(name);
                foreach (var item in items)
                    write(item, json);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static Task DoneAsync(HttpContext http, Action action)
    {
        action();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static string? Function(HttpContext http) => Text(http.Request.Query, "function");

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static bool TryRead(IQueryCollection query, string name, long least, long most, out long number)
    {
        number = least;
        return !query.TryGetValue(name, out var text)
            || (
                long.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number >= least
                && number <= most
            );
    }

    /// <returns>Null when it is there and no number.</returns>
    private static int? Number(JsonElement body, string name, int without) =>
        !body.TryGetProperty(name, out var value) ? without
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : null;

    private static string? Unknown(JsonElement body, params string[] known) =>
        body.EnumerateObject().Select(static member => member.Name).FirstOrDefault(name => !known.Contains(name)) is { } other
            ? $"There is no member '{other}'."
            : null;
}
