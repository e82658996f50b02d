using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Bench.Signing;

/// <summary>An invocation as the bridge sends it, with temporary credentials. Every step returns whether it did what it should.</summary>
internal sealed class Workload
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly AwsCredentials credentials = new("ASIAIOSFODNN7EXAMPLE", Secret, new string('t', 700));
    private readonly byte[] body;
    private readonly SigV4Signer signer;
    private readonly Utf8Header[] headers =
    [
        new("content-type"u8.ToArray(), "application/json"u8.ToArray()),
        new("host"u8.ToArray(), "lambda.eu-central-1.amazonaws.com"u8.ToArray()),
        new("x-amz-invocation-type"u8.ToArray(), "RequestResponse"u8.ToArray()),
        new("x-amz-log-type"u8.ToArray(), "None"u8.ToArray()),
    ];
    private readonly byte[] path = "/2015-03-31/functions/simple/invocations"u8.ToArray();
    private readonly byte[] date = new byte[AmzDate.Length];
    private readonly byte[] authorization = new byte[1024];
    private readonly SigV4Verifier verifier = new(TimeProvider.System);
    private readonly RequestHead signed;
    private readonly RequestHead presigned;

    public Workload(int payloadBytes)
    {
        body = new byte[payloadBytes];
        signer = new SigV4Signer(credentials, "eu-central-1", "lambda");
        var fields = headers.Select(header => new HttpField(Encoding.UTF8.GetString(header.Name.Span), Encoding.UTF8.GetString(header.Value.Span)));
        var head = new RequestHead("POST", Encoding.UTF8.GetString(path), fields.Append(new("User-Agent", "bench")).ToArray());
        var context = new SigningContext(credentials, "eu-central-1", "lambda", now);
        signed = SigV4RequestSigner.Sign(head, body, context).Request;
        presigned = SigV4RequestSigner.Presign(head, body, context, 3600).Request;
    }

    public bool Hash() => Hash(stackalloc byte[32]);

    public bool Sign()
    {
        AmzDate.Format(now, date);
        return signer.Sign("POST"u8, path, default, headers, body, date, authorization) > 0;
    }

    public static bool Derive() => SigningKey.Derive(Secret, "20260217", "eu-central-1", "lambda") is not null;

    public bool Parse() => verifier.Parse(signed, out _).IsValid;

    public bool Verify() => Verify(verifier, signed, Secret);

    public bool VerifyFirst() => Verify(new SigV4Verifier(TimeProvider.System), signed, Secret);

    public bool VerifyPresigned() => Verify(verifier, presigned, Secret);

    public bool Refuse() => !Verify(verifier, signed, "another secret");

    private bool Hash(Span<byte> hash)
    {
        SHA256.HashData(body, hash);
        return true;
    }

    private bool Verify(SigV4Verifier by, in RequestHead request, string secret)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(body, hash);
        return by.Parse(request, out var parsed).IsValid && by.Verify(parsed!, request, secret, hash).IsValid;
    }
}
