using Daybreak.Aws;

namespace Daybreak.Cloud.Kms;

/// <summary>All errors of KMS: code, status, message.</summary>
internal static class KmsErrors
{
    public static AwsException KeyNotFound(string arn) => NotFound($"Key '{arn}' does not exist");

    public static AwsException InvalidKeyId(string keyId) => NotFound($"Invalid keyId '{keyId}'");

    /// <summary>It names the Region of the ARN and nothing else.</summary>
    public static AwsException InvalidArn(string region) => NotFound($"Invalid arn {region}");

    public static AwsException AliasNotFound(string arn) => NotFound($"Alias {arn} is not found.");

    public static AwsException AliasExists(string arn) =>
        AwsException.Sender("AlreadyExistsException", $"An alias with the name {arn} already exists");

    public static AwsException AliasPrefix() =>
        Invalid(
            "Alias must start with the prefix \"alias/\". Please see "
                + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
        );

    public static AwsException AliasLetters(string name) => Invalid($"{name} contains invalid characters for an alias");

    public static AwsException AliasOfAlias() => Invalid("Aliases must refer to keys. Not aliases");

    public static AwsException AliasReserved() => AwsException.Sender("NotAuthorizedException", "");

    public static AwsException Disabled(string arn) => AwsException.Sender("DisabledException", $"{arn} is disabled.");

    public static AwsException PendingDeletion(string arn) => InvalidState($"{arn} is pending deletion.");

    public static AwsException NotPendingDeletion(string arn) => InvalidState($"{arn} is not pending deletion.");

    /// <summary>AWS says nothing more.</summary>
    public static AwsException InvalidCiphertext() => AwsException.Sender("InvalidCiphertextException", "");

    public static AwsException IncorrectKey() =>
        AwsException.Sender("IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation.");

    public static AwsException DryRun() =>
        AwsException.Sender("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.");

    public static AwsException BytesOrSpec() => Invalid("Please specify either number of bytes or key spec.");

    public static AwsException BytesMissing() => Invalid("NumberOfBytes is required.");

    public static AwsException InvalidWindow() => Invalid("PendingWindowInDays must be between 7 and 30 days.");

    public static AwsException UsageMissing() =>
        Invalid("You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");

    public static AwsException DuplicateTags() => Tag("Duplicate tag keys");

    public static AwsException TooManyTags() => Tag("Too many tags");

    public static AwsException ReservedTag() => Tag("Tags beginning with aws: are reserved");

    public static AwsException LockOut() =>
        MalformedPolicy("The new key policy will not allow you to update the key policy in the future.");

    public static AwsException MalformedPolicy(string message) => AwsException.Sender("MalformedPolicyDocumentException", message);

    public static AwsException ManagedByAws(string arn) =>
        AwsException.Sender("UnsupportedOperationException", $"{arn} is managed by AWS and cannot be changed.");

    public static AwsException InvalidMarker() => AwsException.Sender("InvalidMarkerException", "The marker is invalid.");

    private static AwsException NotFound(string message) => AwsException.Sender("NotFoundException", message);

    private static AwsException InvalidState(string message) => AwsException.Sender("KMSInvalidStateException", message);

    private static AwsException Tag(string message) => AwsException.Sender("TagException", message);

    private static AwsException Invalid(string message) => AwsException.Sender("ValidationException", message);
}
