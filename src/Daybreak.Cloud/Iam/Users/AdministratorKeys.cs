using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>
/// The default keys: <c>test</c> of the default account, and for every account the key that is its number, so that several accounts can be
/// used at the same time. They belong to the account's <see cref="Administrator"/>.
/// </summary>
public sealed class AdministratorKeys(string defaultAccountId) : IAccessKeys
{
    /// <summary>The key of the default account, and the secret of all of them.</summary>
    public const string Default = "test";

    private readonly AccessKey _default = New(Default, defaultAccountId);

    public AccessKey? Find(string accessKeyId) =>
        accessKeyId == Default ? _default
        : accessKeyId.Length == 12 && !accessKeyId.AsSpan().ContainsAnyExceptInRange('0', '9') ? New(accessKeyId, accessKeyId)
        : null;

    private static AccessKey New(string accessKeyId, string accountId) =>
        new(new AwsCredentials(accessKeyId, Default), new Caller(Administrator.Of(accountId).ToPrincipal(), accessKeyId));
}
