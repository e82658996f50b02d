using System.IO.Compression;
using System.Text;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Objects;

/// <summary>Requests to Amazon S3, against an endpoint that answers as a script says.</summary>
public sealed class ObjectTests
{
    private const int Piece = 4 * 1024 * 1024;

    [Fact]
    public async Task An_object_is_read_in_pieces_of_one_version()
    {
        var bytes = new byte[(2 * Piece) + 5];
        Random.Shared.NextBytes(bytes);
        var asked = new List<string>();
        await using var endpoint = Serving(bytes, asked);
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();

        Assert.Equal(bytes, await ReadAsync(client, endpoint.Url, bytes.Length));
        Assert.Equal(
            [
                "GET /my-bucket/in/may%20%C3%BC.csv bytes=0-4194303 -",
                "GET /my-bucket/in/may%20%C3%BC.csv bytes=4194304-8388607 \"v\"",
                "GET /my-bucket/in/may%20%C3%BC.csv bytes=8388608-12582911 \"v\"",
            ],
            asked
        );
    }

    [Fact]
    public async Task A_packed_object_is_unpacked()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 700_000).Select(static row => $"{row},{row * 31}\n")));
        var packed = Packed(text);
        await using var endpoint = Serving(packed, [], "Content-Encoding: gzip\r\n");
        await using var bridge = new Parts.Bridge();

        Assert.Equal(text, await ReadAsync(await bridge.ConnectAsync(), endpoint.Url, packed.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_packed_object_that_is_cut_or_no_gzip_is_an_error(bool cut)
    {
        var bytes = cut ? Packed(new byte[100_000])[..60] : "a,b\n1,2\n"u8.ToArray();
        await using var endpoint = Serving(bytes, [], "Content-Encoding: gzip\r\n");
        await using var bridge = new Parts.Bridge();

        var answer = await new ObjectCall(ObjectOperation.GetObject) { Endpoint = endpoint.Url }.SendAsync(await bridge.ConnectAsync());

        answer.ShouldBeError("XX001");
        Assert.Equal("the object is not a valid gzip stream", answer.Message);
    }

    [Fact]
    public async Task An_object_that_changes_while_it_is_read_is_an_error_in_Auroras_words()
    {
        await using var endpoint = new ScriptedEndpoint(static async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
                await peer.SendAsync(
                    request.Header("If-Match") is null
                        ? Reply("x", "206 Partial Content", "ETag: \"v\"\r\nContent-Range: bytes 0-0/9\r\n")
                        : Refusal(
                            "412 Precondition Failed",
                            "PreconditionFailed",
                            "At least one of the pre-conditions you specified did not hold"
                        )
                );
        });
        await using var bridge = new Parts.Bridge();
        var client = await bridge.ConnectAsync();
        Assert.Equal(
            "x"u8.ToArray(),
            ObjectCall.PieceOf(await new ObjectCall(ObjectOperation.GetObject) { Endpoint = endpoint.Url }.SendAsync(client))
        );

        var answer = await new ObjectCall(ObjectOperation.NextPiece) { Reading = 1, RequestId = 2 }.SendAsync(client);

        answer.ShouldBeError("XX000");
        Assert.Equal("HTTP 412. The file has been modified since the import call started.", answer.Message);
        // It is given up then.
        (await new ObjectCall(ObjectOperation.NextPiece) { Reading = 1, RequestId = 3 }.SendAsync(client)).ShouldBeError("58000");
    }

    [Theory]
    [InlineData(
        "404 Not Found",
        "NoSuchKey",
        "The specified key does not exist.",
        "There is no object \"in/may ü.csv\" in the bucket \"my-bucket\"."
    )]
    [InlineData(
        "403 Forbidden",
        "AccessDenied",
        "Access Denied",
        "The caller needs the permission s3:GetObject on arn:aws:s3:::my-bucket/in/may ü.csv, and s3:ListBucket on the bucket to be told of a "
            + "missing object."
    )]
    [InlineData("301 Moved Permanently", "PermanentRedirect", "Elsewhere.", "The bucket \"my-bucket\" is in another Region.")]
    public async Task A_refusal_is_shown_with_the_next_step(string status, string code, string message, string hint)
    {
        await using var endpoint = ScriptedEndpoint.Answering(Refusal(status, code, message));
        await using var bridge = new Parts.Bridge();

        var answer = await new ObjectCall(ObjectOperation.GetObject) { Endpoint = endpoint.Url }.SendAsync(await bridge.ConnectAsync());

        answer.ShouldBeError("58000");
        Assert.Equal(
            ("could not download from Amazon S3", $"Amazon S3 client returned '{message}'.", hint),
            (answer.Message, answer.Detail, answer.Hint)
        );
        Assert.Equal(1, endpoint.Executions);
    }

    [Fact]
    public async Task A_request_that_S3_wants_again_or_whose_connection_broke_is_sent_again()
    {
        var count = 0;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
            {
                switch (++count)
                {
                    case 1:
                        await peer.SendAsync(Refusal("503 Slow Down", "SlowDown", "Please reduce your request rate."));
                        break;
                    case 2:
                        return;
                    default:
                        await peer.SendAsync(Reply("", "200 OK", "ETag: \"p\"\r\n"));
                        break;
                }
            }
        });
        await using var bridge = new Parts.Bridge();

        var answer = await new ObjectCall(ObjectOperation.PutObject) { Endpoint = endpoint.Url, Payload = [1, 0, 255] }.SendAsync(
            await bridge.ConnectAsync()
        );

        Assert.Equal((FrameType.ObjectResult, "\"p\""), (answer.Type, Encoding.ASCII.GetString(answer.Field((byte)ObjectResultTag.ETag)!)));
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task An_upload_has_its_parts_and_is_completed_by_their_ETags()
    {
        var asked = new List<string>();
        await using var endpoint = Uploads(asked);
        await using var bridge = new Parts.Bridge();
        using (var client = await BackendClient.ConnectAsync(bridge.SocketPath))
        {
            var begun = await new ObjectCall(ObjectOperation.CreateMultipartUpload)
            {
                Endpoint = endpoint.Url,
                KmsKey = "alias/k",
            }.SendAsync(client);
            Assert.Equal("u/1", Encoding.ASCII.GetString(begun.Field((byte)ObjectResultTag.UploadId)!));
            await new ObjectCall(ObjectOperation.UploadPart)
            {
                Endpoint = endpoint.Url,
                UploadId = "u/1",
                PartNumber = 1,
                Payload = [1],
            }.SendAsync(client);
            var completed = await new ObjectCall(ObjectOperation.CompleteMultipartUpload)
            {
                Endpoint = endpoint.Url,
                UploadId = "u/1",
                Payload = "\"a\"\n\"b\"\n"u8.ToArray(),
            }.SendAsync(client);
            Assert.Equal(FrameType.ObjectResult, completed.Type);
        }

        await bridge.StopAsync();
        Assert.Equal(
            [
                "POST /my-bucket/in/may%20%C3%BC.csv?uploads= aws:kms alias/k ",
                "PUT /my-bucket/in/may%20%C3%BC.csv?partNumber=1&uploadId=u%2F1   \u0001",
                "POST /my-bucket/in/may%20%C3%BC.csv?uploadId=u%2F1   <CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                    + "<Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag></Part>"
                    + "<Part><PartNumber>2</PartNumber><ETag>&quot;b&quot;</ETag></Part></CompleteMultipartUpload>",
            ],
            asked
        );
    }

    [Fact]
    public async Task An_upload_that_a_backend_leaves_behind_is_aborted()
    {
        var aborted = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endpoint = Uploads([], aborted);
        await using var bridge = new Parts.Bridge();
        using (var client = await BackendClient.ConnectAsync(bridge.SocketPath))
            await new ObjectCall(ObjectOperation.CreateMultipartUpload) { Endpoint = endpoint.Url }.SendAsync(client);

        Assert.Equal(
            "/my-bucket/in/may%20%C3%BC.csv?uploadId=u%2F1",
            await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Credentials_of_the_caller_sign_and_are_never_told()
    {
        string? authorization = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                authorization = request.Header("Authorization");
                await peer.SendAsync(Refusal("403 Forbidden", "InvalidAccessKeyId", "No such key: callers-very-secret-key"));
            }
        });
        await using var bridge = new Parts.Bridge();

        var answer = await new ObjectCall(ObjectOperation.GetObject)
        {
            Endpoint = endpoint.Url,
            Credentials = ("AKIDCALLER", "callers-very-secret-key"),
        }.SendAsync(await bridge.ConnectAsync());

        answer.ShouldBeError("58000");
        Assert.Equal("Amazon S3 client returned 'No such key: …'.", answer.Detail);
        Assert.Contains("Credential=AKIDCALLER/", authorization, StringComparison.Ordinal);
        Assert.Contains("/us-west-2/s3/aws4_request", authorization, StringComparison.Ordinal);
        var told = await bridge.StopAsync();
        Assert.Contains("\"operation\":\"GetObject\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b\r\nx: y", null, "key")]
    [InlineData("b/../c", null, "key")]
    [InlineData("evil@host", null, "key")]
    [InlineData("b", "k\r\nx-amz-acl: public-read", "key")]
    [InlineData("b", null, "key\r\nx: y")]
    public async Task Arguments_never_become_headers_or_hosts(string bucket, string? kmsKey, string accessKey)
    {
        await using var endpoint = ScriptedEndpoint.Answering(Reply("", "200 OK", ""));
        await using var bridge = new Parts.Bridge(maxConnections: 1);
        var client = await bridge.ConnectAsync();

        // The second one would find no connection if the first had kept it.
        for (var call = 0; call < 2; call++)
        {
            var answer = await new ObjectCall(ObjectOperation.PutObject)
            {
                Endpoint = endpoint.Url,
                Bucket = bucket,
                KmsKey = kmsKey,
                Credentials = (accessKey, "s"),
            }.SendAsync(client);

            answer.ShouldBeError("22023");
        }

        Assert.Equal(0, endpoint.Executions);
    }

    private static string Reply(string body, string status, string headers) =>
        $"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static string Refusal(string status, string code, string message) =>
        Reply(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>",
            status,
            "Content-Type: application/xml\r\n"
        );

    private static byte[] Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static async Task<byte[]> ReadAsync(BackendClient client, string endpoint, long size)
    {
        var read = new MemoryStream();
        var answer = await new ObjectCall(ObjectOperation.GetObject) { Endpoint = endpoint, RequestId = 9 }.SendAsync(client);
        Assert.Equal(size, ObjectCall.SizeOf(answer));
        for (var id = 10u; ObjectCall.PieceOf(answer) is { Length: > 0 } piece; id++)
        {
            read.Write(piece);
            answer = await new ObjectCall(ObjectOperation.NextPiece) { Reading = 9, RequestId = id }.SendAsync(client);
        }

        return read.ToArray();
    }

    /// <summary>Answers ranges of the bytes, as version "v".</summary>
    private static ScriptedEndpoint Serving(byte[] bytes, List<string> asked, string headers = "") =>
        new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                var range = request.Header("Range")!;
                lock (asked)
                    asked.Add($"{request.Method} {request.Target} {range} {request.Header("If-Match") ?? "-"}");
                var first = int.Parse(range["bytes=".Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
                var piece = bytes.AsMemory(first, Math.Min(Piece, bytes.Length - first)).ToArray();
                await peer.SendAsync(
                    $"HTTP/1.1 206 Partial Content\r\n{headers}ETag: \"v\"\r\n"
                        + $"Content-Range: bytes {first}-{first + piece.Length - 1}/{bytes.Length}\r\nContent-Length: {piece.Length}\r\n\r\n"
                );
                await peer.SendAsync(piece);
            }
        });

    private static ScriptedEndpoint Uploads(List<string> asked, TaskCompletionSource<string>? aborted = null) =>
        new(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                lock (asked)
                    asked.Add(
                        $"{request.Method} {request.Target} {request.Header("x-amz-server-side-encryption")} "
                            + $"{request.Header("x-amz-server-side-encryption-aws-kms-key-id")} {Encoding.UTF8.GetString(request.Body)}"
                    );
                if (request.Method == "DELETE")
                    aborted?.TrySetResult(request.Target);
                await peer.SendAsync(
                    request.Target.EndsWith("?uploads=", StringComparison.Ordinal)
                        ? Reply("<InitiateMultipartUploadResult><UploadId>u/1</UploadId></InitiateMultipartUploadResult>", "200 OK", "")
                        : Reply("", "200 OK", "ETag: \"e\"\r\n")
                );
            }
        });
}
