namespace Daybreak.Aws.Signing;

/// <summary>The result of verifying a request. The protocol chooses the error code for it.</summary>
public enum SigV4Outcome
{
    Valid,

    /// <summary>The request has no signature.</summary>
    MissingAuthenticationToken,

    /// <summary>A part of the signature is missing or malformed.</summary>
    IncompleteSignature,

    /// <summary>The request was signed too long ago, or a presigned request has expired.</summary>
    SignatureExpired,

    /// <summary>The date is further in the future than clocks may differ.</summary>
    SignatureNotYetCurrent,

    /// <summary>The request was signed for another day, Region, service or protocol.</summary>
    InvalidScope,

    /// <summary>The signature does not match this request and the secret of this access key.</summary>
    SignatureDoesNotMatch,
}
