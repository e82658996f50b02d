using System.IO.Compression;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Objects;

/// <summary>
/// An object that is read from its beginning to its end, piece by piece, and unpacked where its Content-Encoding is gzip. While the caller
/// works on a piece, the next one is on its way.
/// </summary>
internal sealed class ObjectReading : IDisposable
{
    private const string Gzip = "gzip";
    private readonly Pieces _pieces;
    private GZipStream? _unpacked;

    // Otherwise .NET takes a stream that is cut for one that has ended.
    static ObjectReading() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    public ObjectReading(ObjectClient client, ObjectFrame asked, TimeProvider time) => _pieces = new(client, asked.Kept(), new(time));

    /// <summary>Bytes of the whole object, as Amazon S3 has it; known after the first piece.</summary>
    public long Size => _pieces.Size;

    /// <summary>Returns an empty piece at the end.</summary>
    /// <exception cref="InvocationException">Any failure that the caller should see.</exception>
    /// <exception cref="OperationCanceledException">The client has disconnected.</exception>
    public async Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancel)
    {
        if (!_pieces.HasBegun)
        {
            await _pieces.BeginAsync(cancel);
            if (string.Equals(_pieces.ContentEncoding, Gzip, StringComparison.OrdinalIgnoreCase) && Size > 0)
                _unpacked = new GZipStream(_pieces, CompressionMode.Decompress, leaveOpen: true);
        }
        if (_unpacked is null)
            return await _pieces.TakeAsync(cancel);
        try
        {
            var piece = new byte[ObjectRange.Length];
            return piece.AsMemory(0, await _unpacked.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancel));
        }
        catch (InvalidDataException damaged)
        {
            throw ObjectFailures.NotGzip(damaged);
        }
    }

    public void Dispose()
    {
        _unpacked?.Dispose();
        _pieces.Dispose();
    }

    /// <summary>The bytes of the object as they are.</summary>
    /// <param name="call">Of all requests, for the next piece is asked for while no request of the caller is outstanding.</param>
    private sealed class Pieces(ObjectClient client, ObjectFrame asked, CallCancellation call) : Stream
    {
        private string? _etag;
        private long _position;
        private ReadOnlyMemory<byte> _piece;
        private Task<ObjectAnswer>? _next;

        public bool HasBegun => _etag is not null;
        public long Size { get; private set; }
        public string ContentEncoding { get; private set; } = "";

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public async Task BeginAsync(CancellationToken cancel)
        {
            var first = await client.SendAsync(asked, new(0, null), call).WaitAsync(cancel);
            (_etag, Size, ContentEncoding) = (first.ETag, first.Size, first.ContentEncoding);
            Keep(first);
        }

        /// <summary>What is left of the piece that is here, or the next one.</summary>
        public async Task<ReadOnlyMemory<byte>> TakeAsync(CancellationToken cancel)
        {
            if (_piece.IsEmpty && _next is { } next)
            {
                _next = null;
                Keep(await next.WaitAsync(cancel));
            }
            var taken = _piece;
            _piece = default;
            return taken;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var piece = await TakeAsync(cancellationToken);
            var count = Math.Min(piece.Length, buffer.Length);
            piece[..count].CopyTo(buffer);
            _piece = piece[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                call.Abandon();
            base.Dispose(disposing);
        }

        private void Keep(ObjectAnswer answer)
        {
            _piece = answer.Bytes;
            _position += answer.Bytes.Length;
            // Every piece after the first must be of the same version of the object.
            if (_position < Size && answer.Bytes.Length > 0)
                _next = client.SendAsync(asked, new(_position, _etag), call);
            else if (_position < Size)
                throw ObjectFailures.Broken(asked, $"the object ended after {_position} of {Size} bytes");
        }
    }
}
