namespace Daybreak.Aws.Signing;

/// <summary>The outcome of verifying, with AWS's message; the message is empty when the request is valid.</summary>
public readonly record struct SigV4Result(SigV4Outcome Outcome, string Message)
{
    public static SigV4Result Valid => new(SigV4Outcome.Valid, "");

    public bool IsValid => Outcome == SigV4Outcome.Valid;
}
