namespace Daybreak.Cloud.S3.Bodies;

/// <summary>The content of a request's body as it arrives, without its framing.</summary>
internal abstract class BodySource
{
    /// <summary>The header fields after the content, by their names in lower case. Known when all of the content has been read.</summary>
    public Dictionary<string, string> Trailer { get; } = [];

    /// <returns>0 at the end.</returns>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);
}

/// <summary>A body that is its content.</summary>
internal sealed class PlainSource(Stream body) : BodySource
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation) => body.ReadAsync(buffer, cancellation);
}
