using System.Buffers;
using System.IO.Pipelines;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>
/// A response on its way from the function to the caller while the function writes it. Most functions respond in one piece and leave it
/// alone.
/// </summary>
public sealed class ResponseStream
{
    private readonly Pipe _pipe = new();
    private readonly TaskCompletionSource<string?> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The version that runs, once it is known.</summary>
    public string ExecutedVersion { get; set; } = "";

    /// <summary>Completes when the function begins to stream, with the content type that it says.</summary>
    public Task<string?> Begun => _begun.Task;

    public void Begin(string? contentType) => _begun.TrySetResult(contentType);

    /// <summary>Passes on what the function has written, and waits while the caller is slow. What nobody reads is dropped.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        await _pipe.Writer.WriteAsync(bytes, cancellation);

    /// <summary>Passes everything to <paramref name="write"/> until the invocation has ended.</summary>
    public async Task CopyToAsync(
        Func<ReadOnlySequence<byte>, CancellationToken, ValueTask> write,
        Task invocation,
        CancellationToken cancellation
    )
    {
        var reader = _pipe.Reader;
        try
        {
            // By then everything is in the pipe, unless the function was killed while it wrote.
            _ = invocation.ContinueWith(
                _ => reader.CancelPendingRead(),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            while (true)
            {
                var read = await reader.ReadAsync(cancellation);
                if (!read.Buffer.IsEmpty)
                    await write(read.Buffer, cancellation);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCanceled)
                    return;
            }
        }
        finally
        {
            Abandon();
        }
    }

    /// <summary>Nobody reads any more.</summary>
    public void Abandon() => _pipe.Reader.Complete();
}
