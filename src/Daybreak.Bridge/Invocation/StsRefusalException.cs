namespace Daybreak.Bridge.Invocation;

/// <summary>AWS STS refuses to give credentials.</summary>
/// <param name="code">Its error code.</param>
/// <param name="message">Its message, without secrets.</param>
public sealed class StsRefusalException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Whether other credentials may be accepted.</summary>
    public bool RefusesKey =>
        Code
            is "ExpiredToken"
                or "ExpiredTokenException"
                or "InvalidClientTokenId"
                or "UnrecognizedClientException"
                or "SignatureDoesNotMatch";
}
