using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>The signatures of both signers are valid for every random request, and no other secret verifies them.</summary>
[Trait("Pace", "slow")]
public class RandomRequestTests
{
    private const string Odd = "aZ09-._~/?&=+%;:@!$'()*, \t\"<>\\^`{|}#[]éß漢🙂\u0001\u007f";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Sign_then_verify(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var body = new byte[random.Next(0, 200)];
            random.NextBytes(body);
            var request = Next(random);
            var secret = Text(random, Odd, 40);
            var context = GoodRequest.Context with
            {
                Credentials = new AwsCredentials("AKID" + random.Next(), secret, random.Next(2) == 0 ? null : Text(random, Odd, 300) + "t"),
                PathEncoding = (PathEncoding)random.Next(3),
                SendPayloadHash = random.Next(2) == 0,
            };

            AssertValid(SigV4RequestSigner.Sign(request, body, context).Request, body, context);
            AssertValid(SigV4RequestSigner.Presign(request, body, context, random.Next(1, 604_801)).Request, body, context);
            if (context is { PathEncoding: PathEncoding.Normalized, SendPayloadHash: false })
                AssertValid(SignFast(request, body, context), body, context);
        }
    }

    private static void AssertValid(RequestHead request, byte[] body, SigningContext context)
    {
        var verifier = new SigV4Verifier(new FakeTimeProvider(context.Time));
        var text = $"{request.Method} {request.Target}\n{string.Join('\n', request.Headers.ToArray())}";

        var parsed = verifier.Parse(request, out var authorization);
        Assert.True(parsed.IsValid, parsed.Message + text);
        Assert.Equal(context.Credentials.SessionToken, authorization!.SessionToken);
        var hash = SHA256.HashData(body);
        var secret = context.Credentials.SecretAccessKey;
        Assert.True(verifier.Verify(authorization, request, secret, hash, context.PathEncoding).IsValid, text);
        Assert.True(verifier.Verify(authorization, request, secret, hash, context.PathEncoding).IsValid, text);
        Assert.False(verifier.Verify(authorization, request, secret + "x", hash, context.PathEncoding).IsValid, text);
        hash[0] ^= 1;
        Assert.False(verifier.Verify(authorization, request, secret, hash, context.PathEncoding).IsValid, text);
    }

    private static RequestHead SignFast(RequestHead request, byte[] body, SigningContext context)
    {
        var signer = new SigV4Signer(context.Credentials, context.Region, context.Service);
        var fields = request.Headers.ToArray().Where(field => !field.Is("user-agent")).ToArray();
        Utf8Header[] headers =
        [
            .. fields
                .OrderBy(field => field.Name.ToLowerInvariant(), StringComparer.Ordinal)
                .Select(field => new Utf8Header(Utf8(field.Name.ToLowerInvariant()), Utf8(field.Value))),
        ];
        var date = Utf8(AmzDate.Format(context.Time));
        var authorization = new byte[signer.MaxAuthorizationLength(headers)];
        var length = signer.Sign(
            Utf8(request.Method),
            Utf8(request.Path.ToString()),
            Utf8(request.Query.ToString()),
            headers,
            body,
            date,
            authorization
        );
        var sent = request
            .Plus("x-amz-date", AmzDate.Format(context.Time))
            .Plus("authorization", Encoding.UTF8.GetString(authorization, 0, length));
        return context.Credentials.SessionToken is { } token ? sent.Plus("x-amz-security-token", token) : sent;
    }

    private static RequestHead Next(Random random)
    {
        var headers = new List<HttpField> { new("Host", "localhost"), new("User-Agent", Text(random, Odd, 10)) };
        for (var i = random.Next(6); i > 0; i--)
            headers.Add(new((random.Next(2) == 0 ? "x-amz-" : "H-") + Text(random, "abcXYZ-_.", 3), Text(random, Odd, 30)));
        var query = string.Join('&', Enumerable.Range(0, random.Next(60)).Select(_ => Text(random, Odd, 12)))
            .Replace("X-Amz-", "", StringComparison.Ordinal);
        var path = "/" + Text(random, Odd.Replace("?", "", StringComparison.Ordinal), random.Next(2) == 0 ? 30 : 3000);
        return new RequestHead(random.Next(2) == 0 ? "GET" : "POST", query.Length > 0 ? $"{path}?{query}" : path, headers.ToArray());
    }

    private static string Text(Random random, string alphabet, int length)
    {
        var runes = alphabet.EnumerateRunes().ToArray();
        return string.Concat(Enumerable.Range(0, random.Next(length)).Select(_ => runes[random.Next(runes.Length)].ToString()));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
