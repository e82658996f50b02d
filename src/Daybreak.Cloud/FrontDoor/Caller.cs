using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>The signer of a request.</summary>
/// <param name="AccessKeyId">The access key of the signature.</param>
public sealed record Caller(Principal Principal, string AccessKeyId)
{
    /// <summary>The caller's account, whose resources a request refers to.</summary>
    public string AccountId => Principal.Account ?? "";

    /// <summary>The principal's ARN, such as <c>arn:aws:iam::444455556666:root</c> or an assumed role session.</summary>
    public string Arn => Principal.Arn;

    /// <summary>The id in <c>GetCallerIdentity</c>: the account of a root, an AIDA… or an AROA…:session.</summary>
    public string UserId => Principal.UniqueId ?? "";

    public bool IsRoot => Principal is Principal.Root;

    public static Caller Root(string accountId, string accessKeyId) => new(new Principal.Root(accountId), accessKeyId);
}
