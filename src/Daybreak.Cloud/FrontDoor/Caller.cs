namespace Daybreak.Cloud.FrontDoor;

/// <summary>Who signed the request.</summary>
/// <param name="AccountId">The account that the caller belongs to: the account whose resources a request means.</param>
/// <param name="Arn">The principal, such as <c>arn:aws:iam::444455556666:root</c> or an assumed role session.</param>
/// <param name="UserId">What <c>GetCallerIdentity</c> shows: the account of a root, an AIDA… or an AROA…:session.</param>
/// <param name="AccessKeyId">The access key of the signature.</param>
public sealed record Caller(string AccountId, string Arn, string UserId, string AccessKeyId)
{
    public bool IsRoot => Arn.EndsWith(":root", StringComparison.Ordinal);

    public static Caller Root(string accountId, string accessKeyId) =>
        new(accountId, $"arn:aws:iam::{accountId}:root", accountId, accessKeyId);
}
