using System.Text;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.Tests.FrontDoor.Authentication;

namespace Daybreak.Cloud.Tests.Iam;

/// <summary>A request to create a user, signed in every wrong way: it is refused in AWS's words, and no user is created.</summary>
public sealed class SignatureTests(IamWire iam) : IClassFixture<IamWire>
{
    private const string Body = "Action=CreateUser&Version=2010-05-08&UserName=new";
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
        + "signing method. "
        + "Consult the service documentation for details.";

    private static readonly AwsCredentials Root = new("test", "test");

    [Fact]
    public async Task What_is_refused_below_is_accepted_when_signed_well()
    {
        Assert.Equal(200, (await RawHttp.SendAsync(iam.Endpoint, Signed(), Body)).Status);
        Assert.Equal(200, (await RawHttp.SendAsync(iam.Endpoint, Presigned(60).Request, "")).Status);
        foreach (var name in new[] { "new", "presigned" })
            (await iam.SendAsync("DeleteUser", ("UserName", name))).Ok();
    }

    [Fact]
    public async Task Two_signatures()
    {
        var request = Signed();
        var fields = request.Headers.ToArray();
        await AssertRefusedAsync(
            request with
            {
                Headers = fields.Append(fields.Last()).ToArray(),
            },
            400,
            "IncompleteSignature",
            "'Authorization' must be sent only once."
        );
        await AssertRefusedAsync(
            request with
            {
                Target = Presigned(60).Request.Target,
            },
            403,
            "SignatureDoesNotMatch",
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."
        );
    }

    [Fact]
    public async Task A_header_that_must_be_signed()
    {
        var request = Signed();
        await AssertRefusedAsync(
            request with
            {
                Headers = request.Headers.ToArray().Append(new("X-Amz-Security-Token", "x")).ToArray(),
            },
            403,
            "SignatureDoesNotMatch",
            "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization."
        );
        var withoutHost = request
            .Headers.ToArray()
            .Select(static field =>
                field.Name == "Authorization" ? field with { Value = field.Value.Replace(";host", "", StringComparison.Ordinal) } : field
            );
        await AssertRefusedAsync(
            request with
            {
                Headers = withoutHost.ToArray(),
            },
            403,
            "SignatureDoesNotMatch",
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
        );
    }

    [Theory]
    [InlineData("Action=CreateUser&Version=2010-05-08&UserName=new2")]
    [InlineData("Action=CreateUser&Version=2010-05-08&UserName=new\n")]
    [InlineData("Action=DeleteUser&Version=2010-05-08&UserName=there")]
    public async Task A_body_that_is_not_the_signed_one(string sent)
    {
        await AssertRefusedAsync(Signed(), 403, "SignatureDoesNotMatch", Mismatch, sent);

        // The header has the hash of the signed body and is signed itself.
        var declared = Signed(
            new HttpField(
                "X-Amz-Content-Sha256",
                Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Body)))
            )
        );
        await AssertRefusedAsync(declared, 403, "SignatureDoesNotMatch", Mismatch, sent);
    }

    [Theory]
    [InlineData(-20, "Signature expired: {0} is now earlier than ")]
    [InlineData(-60 * 24 * 365 * 20, "Signature expired: {0} is now earlier than ")]
    [InlineData(20, "Signature not yet current: {0} is still later than ")]
    [InlineData(60 * 24 * 365 * 20, "Signature not yet current: {0} is still later than ")]
    public async Task A_date_that_is_far_off(int minutes, string start)
    {
        var signed = TimeProvider.System.GetUtcNow().AddMinutes(minutes);
        var answer = await RefusedAsync(Signed(time: signed), Body);

        Assert.Equal((403, "SignatureDoesNotMatch"), (answer.Status, answer.Code));
        Assert.StartsWith(
            start.Replace(
                "{0}",
                signed.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            ),
            answer.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("20261341T000000Z")]
    [InlineData("2026-02-17T00:00:00Z")]
    public async Task A_date_that_is_none(string date)
    {
        var fields = Signed().Headers.ToArray().Select(field => field.Name == "X-Amz-Date" ? field with { Value = date } : field).ToArray();
        var answer = await RefusedAsync(Signed() with { Headers = fields }, Body);

        Assert.Equal((400, "IncompleteSignature"), (answer.Status, answer.Code));
        Assert.Contains(date, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Amz-Expires=x", "X-Amz-Expires should be a number")]
    [InlineData("X-Amz-Expires=-1", "X-Amz-Expires must be non-negative")]
    [InlineData(
        "X-Amz-Expires=604801",
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"
    )]
    public Task A_presigned_request_whose_time_is_no_time(string expires, string message)
    {
        var request = Presigned(60).Request;
        return AssertRefusedAsync(
            request with
            {
                Target = request.Target.Replace("X-Amz-Expires=60", expires, StringComparison.Ordinal),
            },
            400,
            "IncompleteSignature",
            message,
            ""
        );
    }

    [Fact]
    public async Task A_presigned_request_whose_time_is_over()
    {
        var answer = await RefusedAsync(Presigned(60, TimeProvider.System.GetUtcNow().AddMinutes(-30)).Request, "");

        Assert.Equal((403, "SignatureDoesNotMatch"), (answer.Status, answer.Code));
        Assert.StartsWith("Signature expired: ", answer.Message, StringComparison.Ordinal);

        // Writing a longer time into it does not help either.
        var request = Presigned(60).Request;
        await AssertRefusedAsync(
            request with
            {
                Target = request.Target.Replace("X-Amz-Expires=60", "X-Amz-Expires=600", StringComparison.Ordinal),
            },
            403,
            "SignatureDoesNotMatch",
            Mismatch,
            ""
        );
    }

    private async Task AssertRefusedAsync(RequestHead request, int status, string code, string message, string body = Body)
    {
        var answer = await RefusedAsync(request, body);
        Assert.Equal((status, code, message), (answer.Status, answer.Code, answer.Message));
    }

    private async Task<(int Status, string Code, string Message)> RefusedAsync(RequestHead request, string body)
    {
        var before = await iam.EverythingAsync();
        var answer = await RawHttp.SendAsync(iam.Endpoint, request, body);
        Assert.Equal(before, await iam.EverythingAsync());
        var error = XElement
            .Parse(answer.Body)
            .Descendants()
            .Single(static element => element.Name.LocalName == "Error")
            .Elements()
            .ToDictionary(static element => element.Name.LocalName, static element => element.Value);
        return (answer.Status, error["Code"], error["Message"]);
    }

    private static RequestHead Signed(HttpField? more = null, DateTimeOffset? time = null)
    {
        HttpField[] fields =
        [
            new("Host", "iam.localhost"),
            new("Content-Type", "application/x-www-form-urlencoded"),
            .. more is { } field ? [field] : Array.Empty<HttpField>(),
        ];
        return SigV4RequestSigner.Sign(new RequestHead("POST", "/", fields), Encoding.UTF8.GetBytes(Body), Context(time)).Request;
    }

    private static SignedRequest Presigned(int seconds, DateTimeOffset? time = null) =>
        SigV4RequestSigner.Presign(
            new RequestHead(
                "GET",
                "/?Action=CreateUser&Version=2010-05-08&UserName=presigned",
                new[] { new HttpField("Host", "iam.localhost") }
            ),
            [],
            Context(time),
            seconds
        );

    private static SigningContext Context(DateTimeOffset? time) => new(Root, "us-east-1", "iam", time ?? TimeProvider.System.GetUtcNow());
}
