namespace Daybreak.Aws.Signing;

/// <summary>What came of verifying a request. Which error code stands for it is the protocol's matter.</summary>
public enum SigV4Outcome
{
    Valid,

    /// <summary>Nothing in the request claims to be a signature.</summary>
    MissingAuthenticationToken,

    /// <summary>A part of the signature is missing or malformed.</summary>
    IncompleteSignature,

    /// <summary>Signed longer ago than is tolerated, or a presigned request past its expiry.</summary>
    SignatureExpired,

    /// <summary>Dated further ahead than clocks may differ.</summary>
    SignatureNotYetCurrent,

    /// <summary>Signed for another day, region, service or protocol.</summary>
    InvalidScope,

    /// <summary>The signature is not that of this request with the secret of this access key.</summary>
    SignatureDoesNotMatch,
}
