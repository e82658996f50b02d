using System.Buffers.Binary;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Objects;

/// <summary>
/// The requests of one backend, which reads and writes objects in pieces. An upload that it has begun and neither completed nor aborted
/// when it goes is aborted: its parts would cost money until somebody finds them.
/// </summary>
public sealed class ObjectSession(ObjectClient client, TimeProvider time)
{
    private readonly Dictionary<uint, ObjectReading> _readings = [];
    private readonly Dictionary<string, ObjectUpload> _uploads = [];

    /// <exception cref="InvocationException">Any failure that the caller should see.</exception>
    /// <exception cref="OperationCanceledException">The client has disconnected.</exception>
    public Task CarryOutAsync(ObjectFrame asked, InvokeReply reply, CallCancellation call) =>
        asked.Operation switch
        {
            ObjectOperation.GetObject => BeginAsync(asked, reply, call),
            ObjectOperation.NextPiece => ReadAsync(asked, asked.Reading, reply, call),
            ObjectOperation.UploadPart when _uploads.TryGetValue(asked.UploadId ?? "", out var upload) => BeginPartAsync(
                asked,
                upload,
                reply,
                call
            ),
            _ => WriteAsync(asked, reply, call),
        };

    /// <summary>The backend has gone.</summary>
    public async Task EndAsync()
    {
        foreach (var reading in _readings.Values)
            reading.Dispose();
        foreach (var upload in _uploads.Values)
        {
            using (upload)
                await upload.AbortAsync();
        }
    }

    private Task BeginAsync(ObjectFrame asked, InvokeReply reply, CallCancellation call)
    {
        _readings[asked.RequestId] = new(client, asked, time);
        return ReadAsync(asked, asked.RequestId, reply, call);
    }

    private async Task ReadAsync(ObjectFrame asked, uint id, InvokeReply reply, CallCancellation call)
    {
        if (!_readings.TryGetValue(id, out var reading))
            throw ObjectFailures.NotReading();
        var piece = ReadOnlyMemory<byte>.Empty;
        try
        {
            piece = await reading.NextAsync(call.Token);
        }
        finally
        {
            if (piece.IsEmpty)
            {
                _readings.Remove(id);
                reading.Dispose();
            }
        }
        var size = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, reading.Size);
        var start = Begin(reply, asked);
        FrameWriter.Field(reply.Frame, (byte)ObjectResultTag.Size, size);
        FrameWriter.Field(reply.Frame, (byte)ObjectResultTag.Payload, piece.Span);
        FrameWriter.End(reply.Frame, start);
    }

    /// <summary>The answer has no ETag, for the part is still on its way.</summary>
    private static async Task BeginPartAsync(ObjectFrame asked, ObjectUpload upload, InvokeReply reply, CallCancellation call)
    {
        await upload.BeginPartAsync(asked, call.Token);
        FrameWriter.End(reply.Frame, Begin(reply, asked));
    }

    private async Task WriteAsync(ObjectFrame asked, InvokeReply reply, CallCancellation call)
    {
        var known = _uploads.GetValueOrDefault(asked.UploadId ?? "");
        if (known is not null && asked.Operation == ObjectOperation.CompleteMultipartUpload)
            asked = await known.CompleteAsync(asked, call.Token);
        var answer = await client.SendAsync(asked, null, call);
        if (asked.Operation is ObjectOperation.CompleteMultipartUpload or ObjectOperation.AbortMultipartUpload)
        {
            _uploads.Remove(asked.UploadId ?? "");
            known?.Dispose();
        }

        var start = Begin(reply, asked);
        FrameWriter.TextField(reply.Frame, (byte)ObjectResultTag.ETag, answer.ETag);
        if (answer.UploadId is { } upload)
        {
            _uploads[upload] = new(client, asked.AbortOf(upload), time);
            FrameWriter.TextField(reply.Frame, (byte)ObjectResultTag.UploadId, upload);
        }

        FrameWriter.End(reply.Frame, start);
    }

    /// <summary><c>P request-id(4) [etag] [size] [upload-id] [payload]</c></summary>
    private static int Begin(InvokeReply reply, ObjectFrame asked)
    {
        var start = FrameWriter.Begin(reply.Frame, FrameType.ObjectResult);
        reply.Frame.WriteUInt32(asked.RequestId);
        return start;
    }
}
