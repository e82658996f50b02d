using Daybreak.Aws.Signing;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Bodies;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>Who has sent a request.</summary>
/// <param name="AuthType">Value of <c>s3:authType</c>; null: the request is not signed.</param>
/// <param name="SignatureVersion">Value of <c>s3:signatureversion</c>.</param>
internal sealed record S3Identity(Caller Caller, string? AuthType, string? SignatureVersion)
{
    public static readonly S3Identity Anonymous = new(new Caller(new Principal.Anonymous(), ""), null, null);

    public bool IsAnonymous => AuthType is null;

    /// <summary>Null unless it was signed by version 4.</summary>
    public SigV4Authorization? Authorization { get; init; }

    /// <summary>The secret that signed it, which signs chunks of its body as well.</summary>
    internal string? Secret { private get; init; }

    /// <exception cref="Aws.AwsException">The request itself is not signed by version 4.</exception>
    public ChunkSignatures ChunkSignatures() =>
        Authorization is { IsPresigned: false } authorization && Secret is not null
            ? new ChunkSignatures(authorization, Secret)
            : throw S3Errors.NotImplementedHeader("x-amz-content-sha256");

    // The secret is in no text of it.
    public override string ToString() => Caller.Arn;
}
