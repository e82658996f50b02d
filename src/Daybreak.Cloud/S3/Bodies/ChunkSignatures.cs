using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>The signatures of chunks, each of which covers the one before.</summary>
internal sealed class ChunkSignatures(SigV4Authorization authorization, string secret)
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly SigningKey _key = SigningKey.Derive(
        secret,
        authorization.Credential.Date,
        authorization.Credential.Region,
        authorization.Credential.Service
    );

    private string _previous = authorization.Signature.ToString();

    public void CheckChunk(ReadOnlySpan<byte> hash, string signature) =>
        Check("AWS4-HMAC-SHA256-PAYLOAD", $"{EmptyHash}\n{Convert.ToHexStringLower(hash)}", signature);

    public void CheckTrailer(ReadOnlySpan<byte> hash, string signature) =>
        Check("AWS4-HMAC-SHA256-TRAILER", Convert.ToHexStringLower(hash), signature);

    private void Check(string algorithm, string what, string signature)
    {
        var scope = authorization.Credential;
        var text =
            $"{algorithm}\n{AmzDate.Format(authorization.Signed)}\n{scope.Date}/{scope.Region}/{scope.Service}/{scope.Terminator}\n"
            + $"{_previous}\n{what}";
        Span<byte> right = stackalloc byte[SigningKey.Length];
        _key.Sign(Encoding.UTF8.GetBytes(text), right);
        _previous = Convert.ToHexStringLower(right);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(_previous), Encoding.ASCII.GetBytes(signature)))
            throw S3Errors.SignatureDoesNotMatch();
    }
}
