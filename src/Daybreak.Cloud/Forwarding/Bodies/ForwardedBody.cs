using System.Net;

namespace Daybreak.Cloud.Forwarding.Bodies;

/// <summary>The body of a request that is sent on while it arrives.</summary>
/// <param name="length">Its length; null: it is sent in chunks.</param>
internal abstract class ForwardedBody(long? length) : HttpContent
{
    /// <summary>Why the body may not be sent on to its end; null: nothing was wrong with it.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Called for every piece that was sent.</summary>
    public Action Progress { get; set; } = static () => { };

    protected abstract Task CopyAsync(Stream to, CancellationToken cancellation);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(stream, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failure = failure is IOException ? null : failure;
            throw;
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }
}
