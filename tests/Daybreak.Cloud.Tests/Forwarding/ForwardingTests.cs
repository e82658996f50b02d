using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.Tests.Lambda;
using Microsoft.AspNetCore.Http;

namespace Daybreak.Cloud.Tests.Forwarding;

/// <summary>Requests for services that are not here, as a peer gets them and as their clients get its answers.</summary>
[Trait("Pace", "slow")]
public sealed class ForwardingTests(ForwardedCloud cloud) : IClassFixture<ForwardedCloud>, IAsyncLifetime
{
    private const string Send = """{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:444455556666:q"}""";
    private const string Message = """{"QueueUrl":"http://127.0.0.1:4566/444455556666/q","MessageBody":"m"}""";

    private static readonly (string, string)[] OfSqs =
    [
        ("X-Amz-Target", "AmazonSQS.SendMessage"),
        ("Content-Type", "application/x-amz-json-1.0"),
    ];

    public ValueTask InitializeAsync()
    {
        cloud.Peer.Answer = null;
        cloud.Peer.Requests.Clear();
        return default;
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_request_arrives_as_it_was_but_for_its_signature()
    {
        var answer = await SqsAsync(await cloud.UserAsync(Send), Message);
        Assert.Equal((HttpStatusCode.OK, "{}"), (answer.Status, answer.Text));
        var asked = Assert.Single(cloud.Peer.Requests);
        Assert.Equal(("POST", "/", Message), (asked.Method, asked.Target, asked.Body));
        Assert.Equal(
            ("AmazonSQS.SendMessage", "application/x-amz-json-1.0", cloud.Host.Endpoint.Authority),
            (asked["X-Amz-Target"], asked["Content-Type"], asked["Host"])
        );
        // A key that everybody knows, which is the account.
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=444455556666/", asked["Authorization"], StringComparison.Ordinal);
        Assert.Contains("/us-east-1/sqs/aws4_request", asked["Authorization"], StringComparison.Ordinal);
        Assert.Equal("", asked["X-Amz-Security-Token"]);
        Verify(asked, "test", Message);
    }

    [Fact]
    public async Task What_IAM_does_not_allow_never_arrives()
    {
        var key = await cloud.UserAsync(Send);
        var denied = await SqsAsync(key, Message.Replace("/q\"", "/other\"", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.BadRequest, "AccessDeniedException"), (denied.Status, denied.Error));
        Assert.EndsWith(
            "is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:444455556666:other because no identity-based "
                + "policy allows the sqs:sendmessage action",
            denied.Message,
            StringComparison.Ordinal
        );
        var topic = await cloud.SendAsync(
            key,
            "sns",
            HttpMethod.Post,
            "/",
            "Action=Publish&TopicArn=arn:aws:sns:us-east-1:444455556666:t&Message=m",
            ("Content-Type", "application/x-www-form-urlencoded")
        );
        Assert.Equal(HttpStatusCode.Forbidden, topic.Status);
        Assert.Contains("<Code>AuthorizationError</Code>", topic.Text, StringComparison.Ordinal);
        var bucket = await cloud.SendAsync(key, "s3", HttpMethod.Get, "/b/k", null, ("x-amz-content-sha256", HashOf("")));
        Assert.Contains("<Code>AccessDenied</Code>", bucket.Text, StringComparison.Ordinal);
        Assert.Contains(
            "s3:GetObject on resource: &quot;arn:aws:s3:::b/k&quot; because".Replace("&quot;", "\""),
            bucket.Text,
            StringComparison.Ordinal
        );
        Assert.Empty(cloud.Peer.Requests);
    }

    [Fact]
    public async Task A_denial_of_a_policy_wins_and_a_queue_of_another_account_needs_no_other_permission()
    {
        var key = await cloud.UserAsync(
            """{"Effect":"Allow","Action":"sqs:*","Resource":"*"},{"Effect":"Deny","Action":"sqs:PurgeQueue","Resource":"*"}"""
        );
        var other = await SqsAsync(key, Message.Replace("444455556666", "123456789012", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, other.Status);
        var purge = await SqsAsync(key, Message, ("X-Amz-Target", "AmazonSQS.PurgeQueue"));
        Assert.Contains("with an explicit deny in an identity-based policy", purge.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_without_a_valid_signature_gets_through()
    {
        var unknown = await cloud.SendAsync(("AKIAUNKNOWN", "x"), "sqs", HttpMethod.Post, "/", Message, OfSqs);
        Assert.Equal("UnrecognizedClientException", unknown.Error);
        var wrong = await cloud.SendAsync(("test", "wrong"), "sqs", HttpMethod.Post, "/", Message, OfSqs);
        Assert.Equal("InvalidSignatureException", wrong.Error);
        var s3 = await cloud.SendAsync(("test", "wrong"), "s3", HttpMethod.Put, "/b/k", "x", ("x-amz-content-sha256", HashOf("x")));
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", s3.Text, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = cloud.Host.Endpoint };
        using var unsigned = await http.GetAsync("/b/k", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotImplemented, unsigned.StatusCode);
        Assert.Empty(cloud.Peer.Requests);
    }

    [Fact]
    public async Task A_web_page_gets_nowhere()
    {
        var page = await SqsAsync(("test", "test"), Message, ("Origin", "https://example.com"));
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        var opened = await cloud.SendAsync(
            ("test", "test"),
            "sns",
            HttpMethod.Get,
            "/?Action=ListTopics",
            null,
            ("Sec-Fetch-Site", "none")
        );
        Assert.Equal(HttpStatusCode.Forbidden, opened.Status);
        Assert.Empty(cloud.Peer.Requests);
    }

    [Fact]
    public async Task A_target_that_is_not_there_is_named()
    {
        var answer = await cloud.SendAsync(
            ("test", "test"),
            "athena",
            HttpMethod.Post,
            "/",
            "{}",
            ("X-Amz-Target", "AmazonAthena.ListWorkGroups"),
            ("Content-Type", "application/x-amz-json-1.1")
        );
        Assert.Equal(
            (
                HttpStatusCode.ServiceUnavailable,
                "ServiceUnavailable",
                "athena is sent on to http://127.0.0.1:1/, which cannot be reached: " + "Connection refused."
            ),
            (answer.Status, answer.Error, answer.Message)
        );
    }

    [Fact]
    public async Task A_target_that_does_not_answer_is_named()
    {
        cloud.Peer.Answer = static http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        var answer = await SqsAsync(("test", "test"), Message);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, $"sqs is sent on to {cloud.Peer.Url}, which has not answered for 10 seconds."),
            (answer.Status, answer.Message)
        );
    }

    [Fact]
    public async Task An_answer_that_breaks_off_breaks_off_for_the_client_too()
    {
        var seen = new TaskCompletionSource();
        cloud.Peer.Answer = async http =>
        {
            http.Response.ContentLength = 10;
            await http.Response.WriteAsync("half");
            await http.Response.Body.FlushAsync();
            await seen.Task;
            http.Abort();
        };
        using var request = Signed("GET", "/b/k", HashOf(""), null);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await body.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
        seen.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Answers_stream()
    {
        var seen = new TaskCompletionSource();
        cloud.Peer.Answer = async http =>
        {
            await http.Response.WriteAsync("first");
            await http.Response.Body.FlushAsync();
            await seen.Task;
            await http.Response.WriteAsync("second");
        };
        using var request = Signed("GET", "/b/k", HashOf(""), null);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = new byte[5];
        await body.ReadExactlyAsync(first, TestContext.Current.CancellationToken);
        Assert.Equal("first", Encoding.ASCII.GetString(first));
        seen.SetResult();
        using var rest = new StreamReader(body);
        Assert.Equal("second", await rest.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bodies_stream()
    {
        var half = new TaskCompletionSource();
        var first = new TaskCompletionSource<byte[]>();
        cloud.Peer.Answer = async http =>
        {
            var bytes = new byte[1_000_000];
            await http.Request.Body.ReadExactlyAsync(bytes, http.RequestAborted);
            first.SetResult(bytes);
            await http.Request.Body.CopyToAsync(Stream.Null);
        };
        var content = new SteppedContent(2_000_001, half.Task);
        using var request = Signed("PUT", "/b/k", "UNSIGNED-PAYLOAD", content);
        request.Headers.ExpectContinue = true;
        using var http = new HttpClient();
        var sending = http.SendAsync(request, TestContext.Current.CancellationToken);
        await Task.WhenAny(first.Task, sending);
        Assert.False(sending.IsCompleted);
        Assert.All(await first.Task, static one => Assert.Equal((byte)'x', one));
        half.SetResult();
        using var answer = await sending;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var asked = Assert.Single(cloud.Peer.Requests);
        Assert.Equal(("2000001", "", ""), (asked["Content-Length"], asked["Expect"], asked["Transfer-Encoding"]));
        Assert.Equal("UNSIGNED-PAYLOAD", asked["x-amz-content-sha256"]);
    }

    /// <summary>Its first bytes would be taken for the body that the client has not sent.</summary>
    [Fact]
    public async Task The_next_request_after_a_denied_body_has_a_connection_of_its_own()
    {
        using var request = Signed("PUT", "/b/k", HashOf("x"), new StringContent("x"), ("x-amz-wrong", "1"));
        request.Headers.Remove("x-amz-wrong"); // it was signed
        request.Headers.ExpectContinue = true;
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, true), (answer.StatusCode, answer.Headers.ConnectionClose));
    }

    [Fact]
    public async Task A_body_in_chunks_arrives_in_chunks()
    {
        using var request = Signed("PUT", "/b/k", HashOf("abc"), new SteppedContent(3, Task.CompletedTask, "abc"));
        request.Headers.TransferEncodingChunked = true;
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var asked = Assert.Single(cloud.Peer.Requests);
        Assert.Equal(("abc", "chunked", ""), (asked.Body, asked["Transfer-Encoding"], asked["Content-Length"]));
    }

    [Fact]
    public async Task A_body_that_was_not_signed_does_not_arrive_whole()
    {
        var arrived = new TaskCompletionSource<int>();
        cloud.Peer.Answer = async http =>
        {
            var count = 0;
            try
            {
                var buffer = new byte[1000];
                for (int now; (now = await http.Request.Body.ReadAsync(buffer)) > 0; )
                    count += now;
            }
            catch (IOException) { }
            arrived.SetResult(count);
        };
        using var request = Signed("PUT", "/b/k", HashOf("this"), new StringContent("that"));
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(
            "<Code>XAmzContentSHA256Mismatch</Code>",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        if (!cloud.Peer.Requests.IsEmpty) // the head may have been sent or not
            Assert.True(await arrived.Task < 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signed_chunks_lose_their_signatures(bool withTrailer)
    {
        using var request = Chunks(withTrailer, forged: false);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var asked = Assert.Single(cloud.Peer.Requests);
        Assert.Equal(("first chunk, second", "19", "gzip"), (asked.Body, asked["Content-Length"], asked["Content-Encoding"]));
        Assert.Equal(
            ("UNSIGNED-PAYLOAD", "", ""),
            (asked["x-amz-content-sha256"], asked["x-amz-decoded-content-length"], asked["x-amz-trailer"])
        );
    }

    [Fact]
    public async Task A_forged_chunk_is_refused()
    {
        using var request = Chunks(withTrailer: false, forged: true);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "<Code>SignatureDoesNotMatch</Code>",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Redirects_and_headers_pass_but_not_those_of_a_connection()
    {
        cloud.Peer.Answer = static http =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            http.Response.Headers.Connection = "x-of-hop";
            http.Response.Headers["x-of-hop"] = "1";
            http.Response.Headers["x-amz-meta-a"] = "caf\u00E9";
            http.Response.Headers["x-amz-request-id"] = "theirs";
            return Task.CompletedTask;
        };
        using var request = Signed("GET", "/b/k", HashOf(""), null);
        request.Headers.Connection.Add("x-mine");
        request.Headers.Add("x-mine", "1");
        request.Headers.Add("x-other", "2");
        using var http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1 }
        );
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            ("307", "http://127.0.0.1:1/elsewhere", "caf\u00E9", "theirs"),
            (
                ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
                answer.Headers.Location?.ToString(),
                answer.Headers.GetValues("x-amz-meta-a").Single(),
                answer.Headers.GetValues("x-amz-request-id").Single()
            )
        );
        Assert.False(answer.Headers.Contains("x-of-hop") || answer.Headers.Contains("x-amzn-RequestId"));
        var asked = Assert.Single(cloud.Peer.Requests);
        Assert.Equal(("", "2"), (asked["x-mine"], asked["x-other"]));
    }

    [Fact]
    public async Task A_HEAD_has_a_length_and_no_body()
    {
        cloud.Peer.Answer = static http =>
        {
            http.Response.ContentLength = 5;
            return Task.CompletedTask;
        };
        using var request = Signed("HEAD", "/b/k", HashOf(""), null);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, 5), (answer.StatusCode, answer.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_presigned_address_loses_its_signature_and_keeps_the_rest()
    {
        var context = new SigningContext(new AwsCredentials("test", "test"), "us-east-1", "s3", TimeProvider.System.GetUtcNow())
        {
            PathEncoding = PathEncoding.Single,
        };
        var head = new RequestHead(
            "GET",
            "/b/a%20b?response-content-type=text%2Fplain",
            new[] { new HttpField("Host", cloud.Host.Endpoint.Authority) }
        );
        // The body of a presigned address of S3 is not signed.
        var target = PresignedUnsigned(head, context);
        using var http = new HttpClient { BaseAddress = cloud.Host.Endpoint };
        using var answer = await http.GetAsync(target, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var asked = Assert.Single(cloud.Peer.Requests);
        Assert.Equal("/b/a%20b?response-content-type=text%2Fplain", asked.Target);
        Assert.NotEqual("", asked["Authorization"]);
    }

    [Fact]
    public async Task A_request_that_comes_back_is_refused()
    {
        cloud.Peer.Answer = async http =>
        {
            var back = await SqsAsync(("test", "test"), Message, ("Via", http.Request.Headers.Via.ToString()));
            http.Response.StatusCode = (int)back.Status;
            await http.Response.WriteAsync(back.Text);
        };
        var answer = await SqsAsync(("test", "test"), Message);
        Assert.Equal(HttpStatusCode.LoopDetected, answer.Status);
        Assert.Contains("from where the request came back to this local AWS", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_what_is_sent_on()
    {
        await SqsAsync(("test", "test"), Message);
        var status = await cloud.SendAsync(HttpMethod.Get, "/_daybreak/status");
        var forward = status.Json["forwards"]![0]!;
        Assert.Equal(("*", cloud.Peer.Url.ToString()), ((string?)forward["service"], (string?)forward["url"]));
        Assert.True((int)forward["requests"]! > 0);
    }

    private Task<LambdaCloud.Answer> SqsAsync((string Id, string Secret) key, string body, params (string Name, string Value)[] headers) =>
        cloud.SendAsync(key, "sqs", HttpMethod.Post, "/", body, [.. OfSqs, .. headers]);

    private static string HashOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>A request for S3 whose signature covers a hash instead of a body.</summary>
    private HttpRequestMessage Signed(
        string method,
        string target,
        string hash,
        HttpContent? content,
        params (string Name, string Value)[] headers
    ) => Signed(method, target, hash, content, out _, headers);

    private HttpRequestMessage Signed(
        string method,
        string target,
        string hash,
        HttpContent? content,
        out SignedRequest signed,
        params (string Name, string Value)[] headers
    )
    {
        HttpField[] fields =
        [
            new("Host", cloud.Host.Endpoint.Authority),
            new("x-amz-content-sha256", hash),
            .. headers.Select(static header => new HttpField(header.Name, header.Value)),
        ];
        var context = new SigningContext(new AwsCredentials("test", "test"), "us-east-1", "s3", TimeProvider.System.GetUtcNow())
        {
            PathEncoding = PathEncoding.Single,
        };
        signed = SigV4RequestSigner.Sign(new RequestHead(method, target, fields), hash, context);
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(cloud.Host.Endpoint, target)) { Content = content };
        foreach (var field in signed.Request.Headers.ToArray())
        {
            if (!request.Headers.TryAddWithoutValidation(field.Name, field.Value))
                content!.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }
        return request;
    }

    /// <summary>A body of two signed chunks, as the SDKs for .NET and Java send it.</summary>
    private HttpRequestMessage Chunks(bool withTrailer, bool forged)
    {
        const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        string[] pieces = ["first chunk, ", "second", ""];
        var request = Signed(
            "PUT",
            "/b/k",
            withTrailer ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" : "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            null,
            out var signed,
            [("x-amz-decoded-content-length", "19"), .. withTrailer ? new[] { ("x-amz-trailer", "x-amz-checksum-crc32") } : []]
        );
        signed.Request.TryGetSingle("x-amz-date", out var date);
        var key = SigningKey.Derive("test", date[..8], "us-east-1", "s3");
        var previous = signed.Signature;
        string Next(string algorithm, string what)
        {
            var signature = new byte[SigningKey.Length];
            key.Sign(Encoding.UTF8.GetBytes($"{algorithm}\n{date}\n{date[..8]}/us-east-1/s3/aws4_request\n{previous}\n{what}"), signature);
            return previous = Convert.ToHexStringLower(signature);
        }
        var body = new StringBuilder();
        foreach (var piece in pieces)
        {
            var signature = Next("AWS4-HMAC-SHA256-PAYLOAD", $"{Empty}\n{HashOf(piece)}");
            body.Append(CultureInfo.InvariantCulture, $"{piece.Length:x};chunk-signature={signature}\r\n");
            if (piece.Length > 0)
                body.Append(forged ? piece.Replace("second", "forged", StringComparison.Ordinal) : piece).Append("\r\n");
        }
        if (withTrailer)
        {
            const string Field = "x-amz-checksum-crc32:AAAAAA==";
            body.Append(
                CultureInfo.InvariantCulture,
                $"{Field}\r\nx-amz-trailer-signature:{Next("AWS4-HMAC-SHA256-TRAILER", HashOf(Field + "\n"))}\r\n"
            );
        }
        request.Content = new StringContent(body.Append("\r\n").ToString());
        request.Content.Headers.ContentEncoding.Add("aws-chunked");
        request.Content.Headers.ContentEncoding.Add("gzip");
        return request;
    }

    private static string PresignedUnsigned(RequestHead head, SigningContext context)
    {
        var target =
            $"{head.Target}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + Uri.EscapeDataString($"test/{AmzDate.Format(context.Time)[..8]}/us-east-1/s3/aws4_request")
            + $"&X-Amz-Date={AmzDate.Format(context.Time)}&X-Amz-SignedHeaders=host&X-Amz-Expires=60";
        var query = string.Join('&', target.Split('?')[1].Split('&').Order(StringComparer.Ordinal));
        head.TryGetSingle("Host", out var host);
        var canonical = $"GET\n/b/a%20b\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD";
        var date = AmzDate.Format(context.Time);
        var signature = new byte[SigningKey.Length];
        SigningKey
            .Derive("test", date[..8], "us-east-1", "s3")
            .Sign(
                Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{date}\n{date[..8]}/us-east-1/s3/aws4_request\n{HashOf(canonical)}"),
                signature
            );
        return $"{target}&X-Amz-Signature={Convert.ToHexStringLower(signature)}";
    }

    /// <summary>What arrived has a signature that is right for what arrived.</summary>
    private static void Verify(ScriptedPeer.Asked asked, string secret, string body)
    {
        var head = new RequestHead(
            asked.Method,
            asked.Target,
            asked.Headers.Select(static header => new HttpField(header.Key, header.Value)).ToArray()
        );
        var verifier = new SigV4Verifier(TimeProvider.System);
        Assert.True(verifier.Parse(head, out var authorization).IsValid);
        Assert.True(verifier.Verify(authorization!, head, secret, SHA256.HashData(Encoding.UTF8.GetBytes(body))).IsValid);
    }

    /// <summary>Sends half of its bytes, and the rest when it may.</summary>
    private sealed class SteppedContent(int length, Task rest, string? text = null) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = text is null ? Enumerable.Repeat((byte)'x', length).ToArray() : Encoding.ASCII.GetBytes(text);
            await stream.WriteAsync(bytes.AsMemory(0, length / 2));
            await stream.FlushAsync();
            await rest;
            await stream.WriteAsync(bytes.AsMemory(length / 2));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
