using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Bench.Signing;

/// <summary>An invocation as the bridge sends it, with temporary credentials. Every step returns whether it succeeded.</summary>
internal sealed class Workload
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly AwsCredentials _credentials = new("ASIAIOSFODNN7EXAMPLE", Secret, new string('t', 700));
    private readonly byte[] _body;
    private readonly SigV4Signer _signer;
    private readonly Utf8Header[] _headers =
    [
        new("content-type"u8.ToArray(), "application/json"u8.ToArray()),
        new("host"u8.ToArray(), "lambda.eu-central-1.amazonaws.com"u8.ToArray()),
        new("x-amz-invocation-type"u8.ToArray(), "RequestResponse"u8.ToArray()),
        new("x-amz-log-type"u8.ToArray(), "None"u8.ToArray()),
    ];
    private readonly byte[] _path = "/2015-03-31/functions/simple/invocations"u8.ToArray();
    private readonly byte[] _date = new byte[AmzDate.Length];
    private readonly byte[] _authorization = new byte[1024];
    private readonly SigV4Verifier _verifier = new(TimeProvider.System);
    private readonly RequestHead _signed;
    private readonly RequestHead _presigned;

    public Workload(int payloadBytes)
    {
        _body = new byte[payloadBytes];
        _signer = new SigV4Signer(_credentials, "eu-central-1", "lambda");
        var fields = _headers.Select(header => new HttpField(
            Encoding.UTF8.GetString(header.Name.Span),
            Encoding.UTF8.GetString(header.Value.Span)
        ));
        var head = new RequestHead("POST", Encoding.UTF8.GetString(_path), fields.Append(new("User-Agent", "bench")).ToArray());
        var context = new SigningContext(_credentials, "eu-central-1", "lambda", _now);
        _signed = SigV4RequestSigner.Sign(head, _body, context).Request;
        _presigned = SigV4RequestSigner.Presign(head, _body, context, 3600).Request;
    }

    public bool Hash() => Hash(stackalloc byte[32]);

    public bool Sign()
    {
        AmzDate.Format(_now, _date);
        return _signer.Sign("POST"u8, _path, default, _headers, _body, _date, _authorization) > 0;
    }

    public static bool Derive() => SigningKey.Derive(Secret, "20260217", "eu-central-1", "lambda") is not null;

    public bool Parse() => _verifier.Parse(_signed, out _).IsValid;

    public bool Verify() => Verify(_verifier, _signed, Secret);

    public bool VerifyFirst() => Verify(new SigV4Verifier(TimeProvider.System), _signed, Secret);

    public bool VerifyPresigned() => Verify(_verifier, _presigned, Secret);

    public bool Refuse() => !Verify(_verifier, _signed, "another secret");

    private bool Hash(Span<byte> hash)
    {
        SHA256.HashData(_body, hash);
        return true;
    }

    private bool Verify(SigV4Verifier by, in RequestHead request, string secret)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(_body, hash);
        return by.Parse(request, out var parsed).IsValid && by.Verify(parsed!, request, secret, hash).IsValid;
    }
}
