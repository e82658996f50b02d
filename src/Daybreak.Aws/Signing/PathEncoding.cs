namespace Daybreak.Aws.Signing;

/// <summary>How the path as sent becomes the canonical URI.</summary>
public enum PathEncoding
{
    /// <summary>Dot segments and repeated slashes removed, then every segment encoded once more. All services but S3.</summary>
    Normalized,

    /// <summary>Encoded once more, but not normalised: what a signer does when told to leave the path alone.</summary>
    AsSent,

    /// <summary>Amazon S3: neither normalised nor encoded a second time.</summary>
    Single,
}
