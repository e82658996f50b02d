using System.Text;
using Daybreak.Cloud.Lambda.Events;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.TestHost;

/// <summary>Queues of events alone, in a process that is killed. Everything that happens to one is a line of its file.</summary>
internal static class QueueProcess
{
    private const int Senders = 4;

    /// <param name="directory">Has a directory for each queue.</param>
    /// <param name="drains">Whether it only runs what is there, and ends then; otherwise it accepts events until it is killed.</param>
    public static async Task RunAsync(string directory, int queues, bool drains)
    {
        var ready = new CountdownEvent(queues);
        var running = Enumerable
            .Range(0, queues)
            .Select(queue => Task.Run(() => RunAsync(Path.Combine(directory, $"{queue}"), ready, drains)))
            .ToArray();
        ready.Wait();
        Console.WriteLine("ready");
        await Task.WhenAll(running);
    }

    private static async Task RunAsync(string directory, CountdownEvent ready, bool drains)
    {
        Directory.CreateDirectory(directory);
        await using var lines = new FileStream(
            Path.Combine(directory, "lines"),
            new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                BufferSize = 0,
            }
        );
        var order = new Lock();

        void Note(string what, string id)
        {
            lock (order)
                lines.Write(Encoding.ASCII.GetBytes($"{what} {id}\n"));
        }

        // An event whose payload is f fails, and its record is the next event.
        ValueTask<AttemptResult> Attempt(QueuedEvent queued, CancellationToken ending)
        {
            Note(queued.Payload[0] == 'r' ? "record" : "run", queued.RequestId);
            IReadOnlyList<QueuedEvent> records = queued.Payload[0] == 'f' ? [EventOf(queued.RequestId, "r")] : [];
            return ValueTask.FromResult(new AttemptResult(null, records, IsDropped: false));
        }

        await using var queue = new EventQueue(
            Path.Combine(directory, "events.db"),
            Attempt,
            TimeProvider.System,
            static error => Console.Error.WriteLine(error)
        );
        queue.Start();
        ready.Signal();
        if (drains)
        {
            while (queue.Count > 0)
                await Task.Delay(5);
            return;
        }
        await Task.WhenAll(
            Enumerable
                .Range(0, Senders)
                .Select(async sender =>
                {
                    while (true)
                    {
                        var id = Guid.NewGuid().ToString();
                        await queue.AcceptAsync(EventOf(id, sender % 2 == 0 ? "f" : "s"));
                        Note("accepted", id);
                    }
                })
        );
    }

    private static QueuedEvent EventOf(string id, string payload) =>
        new()
        {
            RequestId = id,
            Function = new FunctionReference("444455556666", "us-east-1", payload == "r" ? "target" : "f"),
            Payload = Encoding.ASCII.GetBytes(payload),
            TraceId = "Root=1",
            Accepted = TimeProvider.System.GetUtcNow(),
        };
}
