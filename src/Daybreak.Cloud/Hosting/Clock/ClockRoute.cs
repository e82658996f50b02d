using System.Text.Json.Serialization;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.State;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Hosting.Clock;

/// <summary>
/// <c>/_daybreak/clock</c>: shows the clock (GET) and moves it (POST with <c>advance=2m</c>, <c>at=TIME</c> or <c>real</c> in the query).
/// A moved clock stays moved after a restart, since what was stored has its times.
/// </summary>
internal sealed class ClockRoute : IDisposable
{
    public const string Path = "/_daybreak/clock";

    private static readonly ResourceKey Key = new("", "", "clock");
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private readonly MovableClock _clock;
    private readonly ResourceTable<ClockSetting> _table;
    private readonly SemaphoreSlim _moves = new(1);

    /// <summary>Moves the clock to where an earlier process left it.</summary>
    public ClockRoute(MovableClock clock, StateStore store)
    {
        (_clock, _table) = (clock, store.Table("clock", ClockJson.Default.ClockSetting));
        if (_table.Find(Key) is { } kept)
            clock.Move(kept.Offset);
    }

    public Task ShowAsync(HttpContext http) => AnswerAsync(http);

    public async Task MoveAsync(HttpContext http)
    {
        await _moves.WaitAsync(http.RequestAborted);
        try
        {
            if (Asked(http.Request.Query, out var offset) is { } refusal)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await RestJsonProtocol.WriteJsonAsync(
                    http.Response,
                    "application/json",
                    json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("message", refusal);
                        json.WriteEndObject();
                    }
                );
                return;
            }
            await (offset == TimeSpan.Zero ? _table.RemoveAsync(Key).AsTask() : _table.PutAsync(Key, new ClockSetting(offset)));
            _clock.Move(offset);
        }
        finally
        {
            _moves.Release();
        }
        await AnswerAsync(http);
    }

    /// <summary>To be called after the store has been emptied.</summary>
    public void Forget() => _clock.Move(TimeSpan.Zero);

    public void Dispose() => _moves.Dispose();

    /// <returns>Why the request is refused; null when it is not.</returns>
    private string? Asked(IQueryCollection query, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (query.Count != 1)
            return "Give one of advance=DURATION, at=TIME and real.";
        var (name, value) = (query.Keys.Single(), query.Single().Value.ToString());
        switch (name)
        {
            case "real":
                return null;
            case "advance" when ClockText.TryReadDuration(value, out var by):
                offset = _clock.Offset + by;
                break;
            case "advance":
                return $"'{value}' is no duration. Write it like 2m, 1h30m, 90s or 7d; to go back, give a time.";
            case "at" when ClockText.TryReadTime(value, out var time):
                offset = time - _clock.Real.GetUtcNow();
                break;
            case "at":
                return $"'{value}' is no time. Write it like 2026-12-31T23:59:00Z.";
            default:
                return "Give one of advance=DURATION, at=TIME and real.";
        }
        var then = _clock.Real.GetUtcNow() + offset;
        return then < Earliest || then > Latest ? "The clock can be set from the year 2000 to the year 2999." : null;
    }

    private Task AnswerAsync(HttpContext http) =>
        RestJsonProtocol
            .WriteJsonAsync(
                http.Response,
                "application/json",
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("time", _clock.GetUtcNow().UtcDateTime);
                    json.WriteString("realTime", _clock.Real.GetUtcNow().UtcDateTime);
                    json.WriteNumber("offsetSeconds", Math.Round(_clock.Offset.TotalSeconds, 3));
                    json.WriteString("description", ClockText.Of(_clock));
                    json.WriteEndObject();
                }
            )
            .AsTask();
}

/// <summary>How far the clock is ahead of the real one, as it is stored.</summary>
internal sealed record ClockSetting(TimeSpan Offset);

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ClockSetting))]
internal sealed partial class ClockJson : JsonSerializerContext;
