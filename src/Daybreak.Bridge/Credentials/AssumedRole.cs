namespace Daybreak.Bridge.Credentials;

/// <summary>An IAM role that a call is made with instead of the server's identity (<c>daybreak.assume</c>).</summary>
/// <param name="Arn">The role's ARN.</param>
/// <param name="ExternalId">What the role's trust policy asks for; null: nothing.</param>
/// <param name="SessionName">The database role's name, as far as STS takes it.</param>
public sealed record AssumedRole(string Arn, string? ExternalId, string SessionName)
{
    private const int AccountPart = 4;

    /// <summary>The account that the role is in; null when the ARN is malformed.</summary>
    public string? AccountId => Arn.Split(':') is { Length: > AccountPart } parts ? parts[AccountPart] : null;
}
