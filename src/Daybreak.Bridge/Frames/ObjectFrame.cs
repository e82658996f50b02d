using System.Buffers.Binary;
using System.Text;
using Daybreak.Aws;

namespace Daybreak.Bridge.Frames;

/// <summary>
/// The body of an <c>Object</c>: one request to Amazon S3, by an extension that reads or writes an object in pieces. Null is SQL NULL.
/// </summary>
public sealed record ObjectFrame(uint RequestId, ObjectOperation Operation, string Bucket, string Key)
{
    private const int RequestIdBytes = 4;

    public int ConnectTimeoutMs { get; private init; }
    public int RequestTimeoutMs { get; private init; }
    public string? Region { get; private init; }
    public string? EndpointOverride { get; private init; }
    public string? DefaultRegion { get; private init; }
    public string? LogContext { get; private init; }

    /// <summary>The IAM role to assume, with external id and session name; empty: the server's own identity.</summary>
    public ReadOnlyMemory<byte> IamRole { get; private init; }

    public ReadOnlyMemory<byte> ExternalId { get; private init; }
    public ReadOnlyMemory<byte> SessionName { get; private init; }

    /// <summary>The key that the caller of SQL gave, in place of the server's.</summary>
    public AwsCredentials? Credentials { get; private init; }

    /// <summary>NextPiece: the id of the request that began to read.</summary>
    public uint Reading { get; private init; }

    public string? UploadId { get; private init; }
    public int PartNumber { get; private init; }

    /// <summary>The KMS key that a new object is encrypted with; null: what the bucket says.</summary>
    public string? KmsKey { get; private init; }

    /// <summary>An object or part, valid while the request is outstanding; CompleteMultipartUpload: ETags, one a line.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The request that aborts the upload which this one has begun.</summary>
    public ObjectFrame AbortOf(string? uploadId) => Kept() with { Operation = ObjectOperation.AbortMultipartUpload, UploadId = uploadId };

    /// <summary>The same request without payload, which points to no buffer of the connection.</summary>
    public ObjectFrame Kept() =>
        this with
        {
            IamRole = IamRole.ToArray(),
            ExternalId = ExternalId.ToArray(),
            SessionName = SessionName.ToArray(),
            Payload = default,
        };

    /// <summary>Returns null, and what the client did wrong, when the body does not parse.</summary>
    public static ObjectFrame? TryParse(ReadOnlyMemory<byte> body, out uint requestId, out string wrong)
    {
        requestId = 0;
        if (body.Length < RequestIdBytes)
            return Refuse("Object without a request id", out wrong);
        requestId = BinaryPrimitives.ReadUInt32BigEndian(body.Span);
        var values = new Dictionary<ObjectTag, ReadOnlyMemory<byte>>();
        var fields = body[RequestIdBytes..];
        var reader = new FieldReader(fields.Span);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out var tag, out var offset, out var length))
                return Refuse("field cut short", out wrong);
            if (!Enum.IsDefined((ObjectTag)tag))
                return Refuse($"unknown field {tag} in Object", out wrong);
            if (!values.TryAdd((ObjectTag)tag, fields.Slice(offset, length)))
                return Refuse($"field {tag} given twice in Object", out wrong);
        }
        return Read(requestId, values, out wrong);
    }

    private static ObjectFrame? Read(uint requestId, Dictionary<ObjectTag, ReadOnlyMemory<byte>> values, out string wrong)
    {
        if (
            values.GetValueOrDefault(ObjectTag.Operation) is not { Length: 1 } operation
            || !Enum.IsDefined((ObjectOperation)operation.Span[0])
        )
            return Refuse("Object without a valid operation", out wrong);
        if (Number(ObjectTag.ConnectTimeoutMs) is not { } connect || Number(ObjectTag.RequestTimeoutMs) is not { } request)
            return Refuse("Object without valid time-outs", out wrong);
        wrong = "";
        return new ObjectFrame(requestId, (ObjectOperation)operation.Span[0], Text(ObjectTag.Bucket) ?? "", Text(ObjectTag.Key) ?? "")
        {
            ConnectTimeoutMs = Math.Min(connect, LambdaTimeouts.MostMs),
            RequestTimeoutMs = Math.Min(request, LambdaTimeouts.MostMs),
            Region = Text(ObjectTag.Region),
            EndpointOverride = Text(ObjectTag.EndpointOverride),
            DefaultRegion = Text(ObjectTag.DefaultRegion),
            LogContext = Text(ObjectTag.LogContext),
            IamRole = values.GetValueOrDefault(ObjectTag.IamRole),
            ExternalId = values.GetValueOrDefault(ObjectTag.ExternalId),
            SessionName = values.GetValueOrDefault(ObjectTag.SessionName),
            Credentials = Text(ObjectTag.AccessKey) is { Length: > 0 } key
                ? new(key, Text(ObjectTag.SecretKey) ?? "", Text(ObjectTag.SessionToken) is { Length: > 0 } token ? token : null)
                : null,
            Reading = values.GetValueOrDefault(ObjectTag.Reading) is { Length: 4 } id ? BinaryPrimitives.ReadUInt32BigEndian(id.Span) : 0,
            UploadId = Text(ObjectTag.UploadId),
            PartNumber = Number(ObjectTag.PartNumber) ?? 0,
            KmsKey = Text(ObjectTag.KmsKey),
            Payload = values.GetValueOrDefault(ObjectTag.Payload),
        };

        string? Text(ObjectTag tag) => values.TryGetValue(tag, out var value) ? Encoding.UTF8.GetString(value.Span) : null;

        int? Number(ObjectTag tag) =>
            values.GetValueOrDefault(tag) is { Length: 4 } value
            && BinaryPrimitives.ReadUInt32BigEndian(value.Span) is var number and >= 1 and <= int.MaxValue
                ? (int)number
                : null;
    }

    private static ObjectFrame? Refuse(string why, out string wrong)
    {
        wrong = why;
        return null;
    }
}
