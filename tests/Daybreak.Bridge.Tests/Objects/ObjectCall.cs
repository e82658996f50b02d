using System.Buffers.Binary;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Objects;

/// <summary>An Object as a backend would send it.</summary>
internal sealed record ObjectCall(ObjectOperation Operation)
{
    public uint RequestId { get; init; } = 1;
    public string? Endpoint { get; init; }
    public string? UploadId { get; init; }
    public uint PartNumber { get; init; }
    public uint Reading { get; init; }
    public byte[]? Payload { get; init; }
    public string Bucket { get; init; } = "my-bucket";
    public string Key { get; init; } = "in/may ü.csv";
    public string? KmsKey { get; init; }
    public (string Id, string Secret)? Credentials { get; init; }
    public uint RequestTimeoutMs { get; init; } = 20_000;

    public async Task<Answer> SendAsync(BackendClient client)
    {
        await client.SendAsync(ToFrame());
        var answer = await client.ReadAsync();
        Assert.Equal(RequestId, answer.RequestId);
        return answer;
    }

    public byte[] ToFrame()
    {
        var to = new ByteBuffer();
        var start = FrameWriter.Begin(to, FrameType.Object);
        to.WriteUInt32(RequestId);
        FrameWriter.Field(to, (byte)ObjectTag.Operation, [(byte)Operation]);
        FrameWriter.NumberField(to, (byte)ObjectTag.ConnectTimeoutMs, 5_000);
        FrameWriter.NumberField(to, (byte)ObjectTag.RequestTimeoutMs, RequestTimeoutMs);
        FrameWriter.TextField(to, (byte)ObjectTag.Bucket, Bucket);
        FrameWriter.TextField(to, (byte)ObjectTag.Key, Key);
        FrameWriter.TextField(to, (byte)ObjectTag.Region, "us-west-2");
        if (Endpoint is not null)
            FrameWriter.TextField(to, (byte)ObjectTag.EndpointOverride, Endpoint);
        if (UploadId is not null)
            FrameWriter.TextField(to, (byte)ObjectTag.UploadId, UploadId);
        if (PartNumber > 0)
            FrameWriter.NumberField(to, (byte)ObjectTag.PartNumber, PartNumber);
        if (Reading > 0)
            FrameWriter.NumberField(to, (byte)ObjectTag.Reading, Reading);
        if (KmsKey is not null)
            FrameWriter.TextField(to, (byte)ObjectTag.KmsKey, KmsKey);
        if (Credentials is { } key)
        {
            FrameWriter.TextField(to, (byte)ObjectTag.AccessKey, key.Id);
            FrameWriter.TextField(to, (byte)ObjectTag.SecretKey, key.Secret);
        }

        if (Payload is not null)
            FrameWriter.Field(to, (byte)ObjectTag.Payload, Payload);
        FrameWriter.End(to, start);
        return to.Written.ToArray();
    }

    public static byte[] PieceOf(Answer answer)
    {
        Assert.True(answer.Type == FrameType.ObjectResult, $"{answer.SqlState} {answer.Message} / {answer.Detail} / {answer.Hint}");
        return answer.Field((byte)ObjectResultTag.Payload)!;
    }

    public static long SizeOf(Answer answer) => BinaryPrimitives.ReadInt64BigEndian(answer.Field((byte)ObjectResultTag.Size));
}
