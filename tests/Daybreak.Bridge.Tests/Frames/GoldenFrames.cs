using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Frames;

/// <summary>The files that the C tests read as well: <c>tests/golden/frames/index.txt</c> says what each means.</summary>
public sealed class GoldenFrames
{
    private static byte[] Read(string name) =>
        File.ReadAllBytes(Path.Combine(Path.Combine(Checkout.Root, "tests", "golden", "frames"), name + ".bin"));

    private static InvokeFrame ParseInvoke(string name)
    {
        var invoke = new InvokeFrame();
        Assert.True(invoke.TryParse(Read(name).AsMemory(FrameHeader.Bytes), out var wrong), wrong);
        return invoke;
    }

    private static byte[] Written(Action<ByteBuffer> write)
    {
        var to = new ByteBuffer();
        write(to);
        return to.Written.ToArray();
    }

    [Fact]
    public void Invoke_with_every_field_is_read()
    {
        var invoke = ParseInvoke("invoke-full");
        Assert.Equal(0x01020304u, invoke.RequestId);
        Assert.Equal(InvokeForm.Composite, invoke.Form);
        Assert.Equal(1, invoke.ConnectTimeoutMs);
        Assert.Equal(900_000, invoke.RequestTimeoutMs);
        Assert.Equal("my-function"u8, invoke[InvokeTag.FunctionName].Span);
        Assert.Equal("{\"n\": 1 }"u8, invoke[InvokeTag.Payload].Span);
        Assert.Equal("us-west-2"u8, invoke[InvokeTag.Region].Span);
        Assert.Equal("RequestResponse"u8, invoke[InvokeTag.InvocationType].Span);
        Assert.Equal("Tail"u8, invoke[InvokeTag.LogType].Span);
        Assert.Equal("{\"custom\":{\"k\":\"ü\"}}"u8, invoke[InvokeTag.Context].Span);
        Assert.Equal("$LATEST"u8, invoke[InvokeTag.Qualifier].Span);
        Assert.Equal("http://127.0.0.1:4566"u8, invoke[InvokeTag.EndpointOverride].Span);
        Assert.Equal("eu-central-1"u8, invoke[InvokeTag.DefaultRegion].Span);
        Assert.Equal("postgres/app/12345"u8, invoke[InvokeTag.LogContext].Span);
        Assert.Equal("arn:aws:iam::123456789012:role/app"u8, invoke[InvokeTag.IamRole].Span);
        Assert.Equal("partner-7"u8, invoke[InvokeTag.ExternalId].Span);
        Assert.Equal("app_user"u8, invoke[InvokeTag.SessionName].Span);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"u8, invoke[InvokeTag.TraceParent].Span);
        Assert.Equal("orders api"u8, invoke[InvokeTag.ApplicationName].Span);
    }

    [Fact]
    public void Absent_field_is_null_and_empty_field_is_not()
    {
        Assert.False(ParseInvoke("invoke-minimal").Has(InvokeTag.FunctionName));
        var empty = ParseInvoke("invoke-empty-values");
        Assert.True(empty.Has(InvokeTag.FunctionName));
        Assert.True(empty[InvokeTag.FunctionName].IsEmpty);
        Assert.False(empty.Has(InvokeTag.Payload));
    }

    [Fact]
    public void Nul_in_a_text_of_a_request_is_read_as_it_stands()
    {
        var invoke = ParseInvoke("invoke-nul");
        Assert.Equal("f\0g"u8, invoke[InvokeTag.FunctionName].Span);
        Assert.Equal("1\02"u8, invoke[InvokeTag.Payload].Span);
        Assert.Equal("r\0s"u8, invoke[InvokeTag.Region].Span);
        InvokeTag[] lone =
        [
            InvokeTag.InvocationType,
            InvokeTag.LogType,
            InvokeTag.Context,
            InvokeTag.Qualifier,
            InvokeTag.EndpointOverride,
            InvokeTag.DefaultRegion,
            InvokeTag.LogContext,
            InvokeTag.IamRole,
            InvokeTag.ExternalId,
            InvokeTag.SessionName,
            InvokeTag.TraceParent,
        ];
        foreach (var tag in lone)
            Assert.Equal("\0"u8, invoke[tag].Span);
        Assert.Equal(
            new ExplainFrame(3, InvokeForm.Text, 1000, 3000)
            {
                FunctionName = "f\0g",
                Region = "r\0s",
                EndpointOverride = "\0",
                DefaultRegion = "\0",
                Database = "\0",
                User = "\0",
                IamRole = "\0",
                ExternalId = "\0",
                SessionName = "\0",
            },
            ExplainFrame.TryParse(Read("explain-nul").AsSpan(FrameHeader.Bytes), out _, out _)
        );
    }

    [Fact]
    public void Nul_in_a_text_of_a_reply_is_read_as_it_stands()
    {
        Answer error = new(FrameType.Error, Read("error-nul")[FrameHeader.Bytes..]),
            result = new(FrameType.Result, Read("result-nul")[FrameHeader.Bytes..]);
        Assert.Equal(("LM000", "\0a\0\0bü", "c\0", "\0"), (error.SqlState, error.Message, error.Detail, error.Hint));
        Assert.Equal((200u, "1\02", "\0", "a\0"), (result.StatusCode, result.Payload, result.ExecutedVersion, result.LogResult));
        Assert.Equal(
            "{\0}"u8,
            new Answer(FrameType.Explanation, Read("explanation-nul")[FrameHeader.Bytes..]).Field((byte)ExplanationTag.Json)!
        );
    }

    [Fact]
    public void Nul_is_never_written_into_an_error()
    {
        var written = Written(to => FrameWriter.Error(to, 3, new("LM000", "\0a\0\0bü", "c\0", "\0")));
        var error = new Answer(FrameType.Error, written[FrameHeader.Bytes..]);
        Assert.Equal(("LM000", "\uFFFDa\uFFFD\uFFFDbü", "c\uFFFD", "\uFFFD"), (error.SqlState, error.Message, error.Detail, error.Hint));
    }

    [Fact]
    public void Fields_come_in_any_order() => Assert.Equal("f"u8, ParseInvoke("invoke-unordered")[InvokeTag.FunctionName].Span);

    [Theory]
    [InlineData("invoke-unknown-tag")]
    [InlineData("invoke-tag-of-explain")]
    [InlineData("invoke-twice")]
    [InlineData("invoke-no-form")]
    [InlineData("invoke-bad-number")]
    [InlineData("invoke-breaker-alone")]
    [InlineData("invoke-overrun")]
    public void Invoke_that_does_not_parse_is_refused(string name)
    {
        Assert.False(new InvokeFrame().TryParse(Read(name).AsMemory(FrameHeader.Bytes), out var wrong));
        Assert.NotEmpty(wrong);
    }

    [Fact]
    public void Explain_with_every_field_is_read()
    {
        var explain = ExplainFrame.TryParse(Read("explain-full").AsSpan(FrameHeader.Bytes), out var id, out var wrong);
        Assert.Equal("", wrong);
        Assert.Equal(0x01020304u, id);
        Assert.Equal(
            new ExplainFrame(0x01020304, InvokeForm.Composite, 1, 900_000)
            {
                FunctionName = "my-function",
                Region = "us-west-2",
                EndpointOverride = "http://127.0.0.1:4566",
                DefaultRegion = "eu-central-1",
                Database = "postgres",
                User = "büc",
                IamRole = "arn:aws:iam::123456789012:role/app",
                ExternalId = "partner-7",
                SessionName = "app_user",
            },
            explain
        );
        Assert.Equal(
            new ExplainFrame(1, InvokeForm.Text, 1000, 3000),
            ExplainFrame.TryParse(Read("explain-minimal").AsSpan(FrameHeader.Bytes), out _, out _)
        );
    }

    [Theory]
    [InlineData("explain-payload", 1u)]
    [InlineData("explain-no-form", 1u)]
    [InlineData("explain-overrun", 1u)]
    public void Explain_that_does_not_parse_is_refused(string name, uint request)
    {
        Assert.Null(ExplainFrame.TryParse(Read(name).AsSpan(FrameHeader.Bytes), out var id, out var wrong));
        Assert.Equal(request, id);
        Assert.NotEmpty(wrong);
    }

    [Fact]
    public void Explanation_is_written_as_agreed() =>
        Assert.Equal(Read("explanation"), Written(to => FrameWriter.Explanation(to, 0x01020304, "{\"works\": true,\"s\":1}"u8)));

    [Fact]
    public void Object_with_every_field_is_read()
    {
        var asked = ObjectFrame.TryParse(Read("object-full").AsMemory(FrameHeader.Bytes), out var id, out var wrong)!;
        Assert.Equal(("", 0x01020304u), (wrong, id));
        Assert.Equal(
            (ObjectOperation.UploadPart, "my-bucket", "in/may.csv", "us-west-2", "http://127.0.0.1:4566", "eu-central-1", 1, 900_000),
            (
                asked.Operation,
                asked.Bucket,
                asked.Key,
                asked.Region,
                asked.EndpointOverride,
                asked.DefaultRegion,
                asked.ConnectTimeoutMs,
                asked.RequestTimeoutMs
            )
        );
        Assert.Equal(
            (7u, "upload-1", 10_000, "alias/exports", "postgres/app/12345"),
            (asked.Reading, asked.UploadId, asked.PartNumber, asked.KmsKey, asked.LogContext)
        );
        Assert.Equal(new Daybreak.Aws.AwsCredentials("AKIAIOSFODNN7EXAMPLE", "secret", "token"), asked.Credentials);
        Assert.Equal("arn:aws:iam::123456789012:role/app"u8, asked.IamRole.Span);
        Assert.Equal("partner-7"u8, asked.ExternalId.Span);
        Assert.Equal("app_user"u8, asked.SessionName.Span);
        Assert.Equal<byte>([(byte)'a', 0, 255], asked.Payload.ToArray());
        Assert.Equal(
            ObjectOperation.GetObject,
            ObjectFrame.TryParse(Read("object-minimal").AsMemory(FrameHeader.Bytes), out _, out _)!.Operation
        );
    }

    [Fact]
    public void Object_that_does_not_parse_is_refused()
    {
        Assert.Null(ObjectFrame.TryParse(Read("object-no-operation").AsMemory(FrameHeader.Bytes), out var id, out var wrong));
        Assert.Equal((1u, "Object without a valid operation"), (id, wrong));
    }

    [Theory]
    [InlineData("length-zero")]
    [InlineData("length-over-limit")]
    public void Length_out_of_range_is_seen_at_once(string name) =>
        Assert.Equal(FrameProgress.BadLength, FrameHeader.Measure(Read(name), out _));

    [Fact]
    public void Welcome_is_written_as_agreed() =>
        Assert.Equal(Read("welcome"), Written(to => FrameWriter.Welcome(to, 6, 4711, "daybreak-bridge 1.0")));

    [Fact]
    public void Hello_is_written_as_agreed() =>
        Assert.Equal(Read("hello"), Written(to => FrameWriter.Hello(to, 6, "aws_lambda 2.0; PostgreSQL 15.18")));

    [Fact]
    public void Status_is_written_as_agreed()
    {
        Assert.Equal(Read("status"), Written(FrameWriter.Status));
        Assert.Equal(Read("status-text"), Written(to => FrameWriter.StatusText(to, "{\"pid\":4711}"u8)));
    }

    [Fact]
    public void Error_is_written_as_agreed()
    {
        Assert.Equal(
            Read("error-full"),
            Written(to =>
                FrameWriter.Error(
                    to,
                    1,
                    new(
                        "LM003",
                        "invoke API failed",
                        "AWS Lambda client returned 'User: a is not b'.",
                        "The role needs lambda:InvokeFunction. §"
                    )
                )
            )
        );
        Assert.Equal(Read("error-minimal"), Written(to => FrameWriter.Error(to, 2, new("LM905", "x"))));
        Assert.Equal(Read("error-no-request"), Written(to => FrameWriter.Error(to, 0, new("LM900", "protocol error."))));
    }

    [Fact]
    public void Result_carries_what_was_agreed_in_an_order_of_its_own()
    {
        Assert.Equal(Read("result-event"), Written(to => FrameWriter.ResultUpToPayload(to, 2, 202, default, default, null)));
        var payload = "{\"a\": [1,2] }"u8.ToArray();
        var written = Written(to =>
        {
            FrameWriter.ResultUpToPayload(to, 0x01020304, 200, "$LATEST"u8, "U1RBUlQKCg"u8, payload.Length);
            to.Write(payload);
        });
        var golden = Read("result-full");
        Assert.Equal(golden[..4], written[..4]);
        var (ours, theirs) = (new Answer(FrameType.Result, written[5..]), new Answer(FrameType.Result, golden[5..]));
        Assert.Equal(theirs.RequestId, ours.RequestId);
        for (byte tag = 1; tag <= 4; tag++)
            Assert.Equal(theirs.Field(tag), ours.Field(tag));
    }
}
