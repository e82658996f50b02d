using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Events;

/// <summary>What an event says of its object.</summary>
/// <param name="Name">Without <c>s3:</c>.</param>
/// <param name="Key">As it is.</param>
/// <param name="Version">Null: of a bucket without versions.</param>
/// <param name="Sequence">Rises with every change of a key; null: events of this kind have no order.</param>
internal sealed record ObjectFact(string Name, string Key, long? Size, string? ETag, string? Version, long? Sequence);

/// <summary>The message about an event.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
internal static class EventRecord
{
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Bucket bucket, NotificationRule rule, ObjectFact fact, EventCause cause, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Written))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            json.WriteStartObject();
            json.WriteString("eventVersion", "2.5");
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", bucket.Region);
            json.WriteString("eventTime", S3Xml.Time(now));
            json.WriteString("eventName", fact.Name);
            WriteObject(json, "userIdentity", ("principalId", cause.PrincipalId));
            WriteObject(json, "requestParameters", ("sourceIPAddress", cause.Address));
            WriteObject(json, "responseElements", ("x-amz-request-id", cause.RequestId), ("x-amz-id-2", cause.HostId));
            json.WriteStartObject("s3");
            json.WriteString("s3SchemaVersion", "1.0");
            json.WriteString("configurationId", rule.Id);
            json.WriteStartObject("bucket");
            json.WriteString("name", bucket.Name);
            WriteObject(json, "ownerIdentity", ("principalId", EventCause.CustomerOf(bucket.AccountId)));
            json.WriteString("arn", bucket.Arn);
            json.WriteEndObject();
            WriteObject(json, fact, now);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteObject(Utf8JsonWriter json, ObjectFact fact, DateTimeOffset now)
    {
        json.WriteStartObject("object");
        json.WriteString("key", Encoded(fact.Key));
        if (fact.Size is { } size)
            json.WriteNumber("size", size);
        if (fact.ETag is { } etag)
            json.WriteString("eTag", etag);
        if (fact.Version is { } version and not VersionId.Null)
            json.WriteString("versionId", version);
        if (fact.Sequence is { } sequence)
            json.WriteString("sequencer", SequencerOf(sequence, now));
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
            json.WriteString(member, value);
        json.WriteEndObject();
    }

    /// <summary>Seconds, then milliseconds and the place among all changes: it rises as text.</summary>
    private static string SequencerOf(long sequence, DateTimeOffset now)
    {
        var rest = ((uint)now.Millisecond << 22) | (uint)(sequence & 0x3FFFFF);
        return string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds():X10}{rest:X8}");
    }

    /// <summary>A key as forms encode it, but for its slashes.</summary>
    private static string Encoded(string key)
    {
        var text = new StringBuilder(key.Length);
        foreach (var one in Encoding.UTF8.GetBytes(key))
        {
            if (char.IsAsciiLetterOrDigit((char)one) || one is (byte)'.' or (byte)'-' or (byte)'*' or (byte)'_' or (byte)'/')
                text.Append((char)one);
            else if (one == ' ')
                text.Append('+');
            else
                text.Append('%').Append(one.ToString("X2", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
