using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Who signed the request.</summary>
/// <param name="AccessKeyId">The access key of the signature.</param>
public sealed record Caller(Principal Principal, string AccessKeyId)
{
    /// <summary>The account that the caller belongs to: the account whose resources a request means.</summary>
    public string AccountId => Principal.Account ?? "";

    /// <summary>The principal, such as <c>arn:aws:iam::444455556666:root</c> or an assumed role session.</summary>
    public string Arn => Principal.Arn;

    /// <summary>What <c>GetCallerIdentity</c> shows: the account of a root, an AIDA… or an AROA…:session.</summary>
    public string UserId => Principal.UniqueId ?? "";

    public bool IsRoot => Principal is Principal.Root;

    public static Caller Root(string accountId, string accessKeyId) => new(new Principal.Root(accountId), accessKeyId);
}
