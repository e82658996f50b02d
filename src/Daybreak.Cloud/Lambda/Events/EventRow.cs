using System.Text.Json;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>An event as a row of the file: the payload is its body, all else its head.</summary>
internal static class EventRow
{
    public static WaitingRow Of(long id, QueuedEvent queued) =>
        new(id, queued.Function.Key.ToString(), Due(queued), Head(queued), queued.Payload);

    /// <summary>The row of an event that is to run again. Its body does not change.</summary>
    public static WaitingRow OfNext(long id, string lane, QueuedEvent next) => new(id, lane, Due(next), Head(next), null);

    public static QueuedEvent Read(byte[] head, byte[] payload) =>
        JsonSerializer.Deserialize(head, LambdaState.Default.QueuedEvent)! with
        {
            Payload = payload,
        };

    private static long Due(QueuedEvent queued) => queued.NotBefore is { } time ? Math.Max(time.ToUnixTimeMilliseconds(), 1) : 0;

    private static byte[] Head(QueuedEvent queued) => JsonSerializer.SerializeToUtf8Bytes(queued, LambdaState.Default.QueuedEvent);
}
