using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam;

/// <summary>All errors of IAM: code, status, message.</summary>
internal static class IamErrors
{
    public static AwsException NoSuchIdentity(IdentityKind kind, string name) =>
        NoSuchEntity($"The {kind.Resource} with name {name} cannot be found.");

    public static AwsException NoSuchInlinePolicy(IdentityKind kind, string name) =>
        NoSuchEntity($"The {kind.Resource} policy with name {name} cannot be found.");

    public static AwsException NoSuchPolicy(string arn) => NoSuchEntity($"Policy {arn} was not found.");

    public static AwsException NotAttachable(string arn) => NoSuchEntity($"Policy {arn} does not exist or is not attachable.");

    public static AwsException NoSuchVersion(string arn, string version) =>
        NoSuchEntity($"Policy {arn} version {version} does not exist or is not attachable.");

    public static AwsException NoSuchInstanceProfile(string name) => NoSuchEntity($"Instance Profile {name} cannot be found.");

    public static AwsException NoSuchEntity(string message) => AwsException.Sender("NoSuchEntity", message, HttpStatusCode.NotFound);

    public static AwsException EntityAlreadyExists(string message) =>
        AwsException.Sender("EntityAlreadyExists", message, HttpStatusCode.Conflict);

    public static AwsException DeleteConflict(string message) => AwsException.Sender("DeleteConflict", message, HttpStatusCode.Conflict);

    public static AwsException LimitExceeded(string message) => AwsException.Sender("LimitExceeded", message, HttpStatusCode.Conflict);

    public static AwsException QuotaExceeded(string quota, int limit) => LimitExceeded($"Cannot exceed quota for {quota}: {limit}");

    public static AwsException MalformedPolicyDocument(string message) => AwsException.Sender("MalformedPolicyDocument", message);

    public static AwsException InvalidInput(string message) => AwsException.Sender("InvalidInput", message);

    public static AwsException UnmodifiableEntity(string message) => AwsException.Sender("UnmodifiableEntity", message);

    public static AwsException Validation(string message) => AwsException.Sender("ValidationError", message);

    public static AwsException InvalidArn() => Validation("Invalid ARN:  Could not be parsed!");
}
