namespace Daybreak.Aws.Signing;

/// <summary>A request with its signature, and the texts that were signed.</summary>
/// <param name="Signature">64 lower-case hex digits.</param>
public sealed record SignedRequest(RequestHead Request, string CanonicalRequest, string StringToSign, string Signature);
