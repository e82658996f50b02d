using System.Security.Cryptography;
using Daybreak.Aws.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>Every vector, signed in the header and in the query, and verified again. None is left out.</summary>
public class SigningVectorTests
{
    public static TheoryData<string> All() => new(SigningVector.Names());

    /// <summary>
    /// A token that is not signed is what "post-sts-header-after" is about. AWS's client library can do that; a service that
    /// accepted it would let anybody swap the token, so verifying must refuse it.
    /// </summary>
    public static TheoryData<string> Verifiable() => new(SigningVector.Names(vector => !vector.OmitSessionToken));

    [Fact]
    public void All_vectors_are_there() => Assert.Equal(38, SigningVector.Names().Select(SigningVector.Load).Count());

    [Theory]
    [MemberData(nameof(All))]
    public void Signs_the_header(string name)
    {
        var vector = SigningVector.Load(name);
        var request = vector.Request();

        var signed = SigV4RequestSigner.Sign(request.Head, request.Body, vector.Context);

        Assert.Equal(vector.Read("header-canonical-request.txt"), signed.CanonicalRequest);
        Assert.Equal(vector.Read("header-string-to-sign.txt"), signed.StringToSign);
        Assert.Equal(vector.Read("header-signature.txt"), signed.Signature);
        AssertSameHeaders(vector.Request("header-signed-request.txt"), signed.Request);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Signs_the_query(string name)
    {
        var vector = SigningVector.Load(name);
        var request = vector.Request();

        var signed = SigV4RequestSigner.Presign(request.Head, request.Body, vector.Context, vector.ExpiresSeconds);

        Assert.Equal(vector.Read("query-canonical-request.txt"), signed.CanonicalRequest);
        Assert.Equal(vector.Read("query-string-to-sign.txt"), signed.StringToSign);
        Assert.Equal(vector.Read("query-signature.txt"), signed.Signature);
        Assert.Equal(vector.Request("query-signed-request.txt").Target, signed.Request.Target);
    }

    [Theory]
    [MemberData(nameof(Verifiable))]
    public void Verifies_the_signed_header(string name) => AssertValid(name, "header-signed-request.txt");

    [Theory]
    [MemberData(nameof(Verifiable))]
    public void Verifies_the_signed_query(string name) => AssertValid(name, "query-signed-request.txt");

    [Fact]
    public void Refuses_a_token_header_that_is_not_signed()
    {
        var vector = SigningVector.Load("post-sts-header-after");

        var result = new SigV4Verifier(new FakeTimeProvider(vector.Time)).Parse(vector.Request("header-signed-request.txt").Head, out _);

        Assert.Equal(
            new(SigV4Outcome.SignatureDoesNotMatch, "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization."),
            result
        );
    }

    [Fact]
    public void Refuses_a_token_parameter_that_is_not_signed() =>
        Assert.Equal(
            SigV4Outcome.SignatureDoesNotMatch,
            Verify(SigningVector.Load("post-sts-header-after"), "query-signed-request.txt").Outcome
        );

    private static void AssertValid(string name, string file) => Assert.Equal(SigV4Result.Valid, Verify(SigningVector.Load(name), file));

    private static SigV4Result Verify(SigningVector vector, string file)
    {
        var request = vector.Request(file);
        var verifier = new SigV4Verifier(new FakeTimeProvider(vector.Time));

        var parsed = verifier.Parse(request.Head, out var authorization);
        Assert.Equal(SigV4Result.Valid, parsed);
        Assert.Equal(SigV4Result.Valid, SigV4Verifier.CheckScope(authorization!, vector.Region, vector.Service));
        Assert.Equal(vector.Credentials.AccessKeyId, authorization!.Credential.AccessKeyId);
        Assert.Equal(vector.Credentials.SessionToken, authorization.SessionToken);
        return verifier.Verify(
            authorization,
            request.Head,
            vector.Credentials.SecretAccessKey,
            SHA256.HashData(request.Body),
            vector.Context.PathEncoding
        );
    }

    private static void AssertSameHeaders(RawRequest expected, in RequestHead actual)
    {
        static IEnumerable<string> Lines(IEnumerable<HttpField> headers) =>
            headers.Select(header => $"{header.Name.ToLowerInvariant()}:{header.Value}").Order(StringComparer.Ordinal);

        Assert.Equal(Lines(expected.Headers), Lines(actual.Headers.ToArray()));
    }
}
