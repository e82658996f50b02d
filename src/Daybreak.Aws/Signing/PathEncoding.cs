namespace Daybreak.Aws.Signing;

/// <summary>How the path of the request line becomes the canonical URI.</summary>
public enum PathEncoding
{
    /// <summary>Dot segments and repeated slashes are removed, then every segment is encoded once more. All services but S3.</summary>
    Normalized,

    /// <summary>Encoded once more, but not normalized: what a signer does that is configured not to normalize the path.</summary>
    AsSent,

    /// <summary>Amazon S3: neither normalized nor encoded a second time.</summary>
    Single,
}
