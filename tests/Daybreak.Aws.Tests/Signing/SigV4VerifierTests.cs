using System.Security.Cryptography;
using Daybreak.Aws.Signing;
using Microsoft.Extensions.Time.Testing;
using static Daybreak.Aws.Signing.SigV4Outcome;

namespace Daybreak.Aws.Tests.Signing;

public class SigV4VerifierTests
{
    private static readonly SigV4Result Mismatch = new(
        SignatureDoesNotMatch,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
            + "signing method. Consult the service documentation for details."
    );

    [Fact]
    public void A_good_request_is_valid() => Assert.Equal(SigV4Result.Valid, GoodRequest.Signed().Verify());

    [Fact]
    public void A_good_presigned_request_is_valid() => Assert.Equal(SigV4Result.Valid, GoodRequest.Presigned().Verify());

    [Fact]
    public void Another_secret_is_refused() => Assert.Equal(Mismatch, GoodRequest.Signed().Verify(secret: "another"));

    [Fact]
    public void A_secret_that_changed_is_refused_though_the_old_one_was_proven()
    {
        var verifier = new SigV4Verifier(new FakeTimeProvider(GoodRequest.Now));
        var request = GoodRequest.Signed();
        var hash = SHA256.HashData(GoodRequest.Body);

        verifier.Parse(request, out var authorization);
        Assert.True(verifier.Verify(authorization!, request, GoodRequest.Secret, hash).IsValid);
        verifier.Parse(request, out authorization);
        Assert.Equal(Mismatch, verifier.Verify(authorization!, request, "new secret", hash));
        Assert.True(verifier.Verify(authorization!, request, GoodRequest.Secret, hash).IsValid);
    }

    [Fact]
    public void Threads_that_share_a_verifier_do_not_disturb_each_other()
    {
        var verifier = new SigV4Verifier(new FakeTimeProvider(GoodRequest.Now));
        var hash = SHA256.HashData(GoodRequest.Body);
        RequestHead[] requests =
        [
            .. Enumerable.Range(0, 20).Select(n => GoodRequest.Signed(GoodRequest.Context with { Region = $"eu-west-{n}" })),
        ];

        Parallel.For(
            0,
            20_000,
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            i =>
            {
                var request = requests[i % requests.Length];
                var right = i % 3 != 0;
                verifier.Parse(request, out var authorization);
                Assert.Equal(right, verifier.Verify(authorization!, request, right ? GoodRequest.Secret : "wrong", hash).IsValid);
            }
        );
    }

    [Fact]
    public void Another_body_is_refused() => Assert.Equal(Mismatch, GoodRequest.Signed().Verify(body: "{\"n\": 2}"u8.ToArray()));

    [Fact]
    public void A_body_unlike_its_declared_hash_is_refused()
    {
        var request = GoodRequest.Signed(GoodRequest.Context with { SendPayloadHash = true });

        Assert.True(request.Verify().IsValid);
        Assert.Equal(Mismatch, request.Verify(body: "{\"n\": 2}"u8.ToArray()));
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", true)]
    [InlineData("unsigned-payload", false)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", false)]
    [InlineData("", false)]
    public void Only_the_word_for_it_leaves_the_body_out(string declared, bool valid)
    {
        // A signer of our own: it must sign what it declares, whatever that is.
        var head = GoodRequest.Unsigned.Plus("x-amz-content-sha256", declared).Plus("x-amz-date", AmzDate.Format(GoodRequest.Now));
        var request = ByHand.Sign(head, declared);
        var verifier = new SigV4Verifier(new FakeTimeProvider(GoodRequest.Now));

        Assert.True(verifier.Parse(request, out var authorization).IsValid);
        Assert.Equal(!valid, authorization!.CoversBody);
        Assert.Equal(
            valid ? SigV4Result.Valid : Mismatch,
            verifier.Verify(authorization, request, GoodRequest.Secret, SHA256.HashData("anything"u8))
        );
    }

    [Theory]
    [InlineData("POST", "/", "PUT", "/")]
    [InlineData("POST", "/a", "POST", "/b")]
    [InlineData("POST", "/a%2Fb", "POST", "/a/b")]
    [InlineData("POST", "/?a=1", "POST", "/?a=2")]
    [InlineData("POST", "/?a=1", "POST", "/?a=1&b=2")]
    [InlineData("POST", "/?a=1&b=2", "POST", "/?a=1")]
    [InlineData("POST", "/?a=1", "POST", "/?a=1&X-Amz-Date=20260217T175039Z")]
    [InlineData("POST", "/?a=b%26c", "POST", "/?a=b&c")]
    public void A_request_other_than_the_signed_one_is_refused(string method, string target, string sentMethod, string sentTarget)
    {
        var signed = SigV4RequestSigner
            .Sign(GoodRequest.Unsigned with { Method = method, Target = target }, GoodRequest.Body, GoodRequest.Context)
            .Request;

        Assert.True(signed.Verify().IsValid);
        Assert.Equal(Mismatch, (signed with { Method = sentMethod, Target = sentTarget }).Verify());
    }

    [Theory]
    [InlineData("/?a=1&b=2", "/?b=2&a=1")]
    [InlineData("/?a=~", "/?a=%7E")]
    [InlineData("/?a=%c3%a9", "/?a=%C3%A9")]
    [InlineData("/?a", "/?a=")]
    [InlineData("/a//b/./c/../d", "/a/b/d")]
    public void Another_spelling_of_the_same_request_is_valid(string target, string sentTarget)
    {
        var signed = SigV4RequestSigner.Sign(GoodRequest.Unsigned with { Target = target }, GoodRequest.Body, GoodRequest.Context).Request;

        Assert.Equal(SigV4Result.Valid, (signed with { Target = sentTarget }).Verify());
    }

    [Theory]
    [InlineData("SignedHeaders=content-length;", "SignedHeaders=")]
    [InlineData("content-type;host", "host;content-type")]
    [InlineData("content-type;host", "content-type;content-type;host")]
    [InlineData("content-type;host", "content-type;HOST;host")]
    [InlineData("content-type;host", "content-type;;host")]
    [InlineData("content-type;host", "absent;content-type;host")]
    public void A_changed_list_of_signed_headers_is_refused(string from, string to) =>
        Assert.Equal(
            Mismatch,
            GoodRequest.Signed().With("authorization", value => value.Replace(from, to, StringComparison.Ordinal)).Verify()
        );

    [Fact]
    public void A_long_list_of_signed_headers_is_refused_at_once()
    {
        var names = string.Join(';', Enumerable.Range(0, 10_000).Select(n => $"h{n:D5}"));

        Assert.Equal(
            Mismatch,
            GoodRequest.Signed().With("authorization", value => value.Replace("host;", names + ";host;", StringComparison.Ordinal)).Verify()
        );
    }

    [Fact]
    public void Adding_a_header_that_is_signed_already_is_refused() =>
        Assert.Equal(Mismatch, GoodRequest.Signed().Plus("Content-Type", "text/plain").Verify());

    [Fact]
    public void Adding_a_header_that_is_not_signed_is_valid() =>
        Assert.Equal(SigV4Result.Valid, GoodRequest.Signed().Plus("Accept", "*/*").Verify());

    [Fact]
    public void Fields_of_one_header_count_in_their_order()
    {
        var head = GoodRequest.Unsigned.Plus("Accept", "b").Plus("Accept", "a");
        var signed = SigV4RequestSigner.Sign(head, GoodRequest.Body, GoodRequest.Context).Request;
        var swapped = signed with
        {
            Headers = signed
                .Headers.ToArray()
                .Select(field => field.Is("accept") ? new("accept", field.Value == "a" ? "b" : "a") : field)
                .ToArray(),
        };

        Assert.True(signed.Verify().IsValid);
        Assert.Equal(Mismatch, swapped.Verify());
    }
}
