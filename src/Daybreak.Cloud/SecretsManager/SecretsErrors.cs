using Daybreak.Aws;

namespace Daybreak.Cloud.SecretsManager;

/// <summary>All errors of Secrets Manager: code, status, message.</summary>
internal static class SecretsErrors
{
    public const string NoToken = "You must provide a ClientRequestToken value. We recommend a UUID-type value.";

    public static AwsException SecretNotFound() => NotFound("Secrets Manager can't find the specified secret.");

    public static AwsException StageNotFound(string stage) =>
        NotFound($"Secrets Manager can't find the specified secret value for staging label: {stage}");

    public static AwsException VersionNotFound(string version) =>
        NotFound($"Secrets Manager can't find the specified secret value for VersionId: {version}");

    public static AwsException SecretExists(string name) => Exists($"The operation failed because the secret {name} already exists.");

    public static AwsException TokenInUse(string token, string arn) =>
        Exists($"You can't use ClientRequestToken {token} because that value is already in use for a version of secret {arn}.");

    public static AwsException NameScheduledForDeletion() =>
        InvalidRequest("You can't create this secret because a secret with this name is already scheduled for deletion.");

    public static AwsException MarkedForDeletion() =>
        InvalidRequest("You can't perform this operation on the secret because it was marked for deletion.");

    public static AwsException DefaultKeyOfOtherAccount() =>
        InvalidRequest(
            "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key."
        );

    public static AwsException StageOfOtherVersion() =>
        InvalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");

    public static AwsException TokenMissing() => InvalidRequest(NoToken);

    // AWS's reference says this of such secrets; its own text is not known.
    public static AwsException OwnedByService() =>
        InvalidRequest("The secret is managed by another service, and you must use that service to update it.");

    public static AwsException NoRotationFunction() => InvalidRequest("No Lambda rotation function ARN is associated with this secret.");

    public static AwsException RotationUnfinished() =>
        InvalidRequest("A previous rotation isn't complete. That rotation will be reattempted.");

    public static AwsException FrequencyAndSchedule() =>
        InvalidParameter("You cannot specify both rotation frequency and schedule expression together.");

    /// <summary>The same when there is no such function.</summary>
    public static AwsException MayNotInvoke() =>
        AwsException.Sender(
            "AccessDeniedException",
            "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal "
                + "secretsmanager.amazonaws.com."
        );

    /// <summary>What Secrets Manager says when KMS refuses.</summary>
    public static AwsException OfKms(AwsException error, bool encrypting) =>
        error.Code == "AccessDeniedException" ? AwsException.Sender("AccessDeniedException", "Access to KMS is not allowed")
        : encrypting
            ? AwsException.Sender(
                "EncryptionFailure",
                "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS key is available, "
                    + "enabled, and not in an invalid state."
            )
        : AwsException.Sender("DecryptionFailure", "Secrets Manager can't decrypt the protected secret text using the provided KMS key.");

    public static AwsException InvalidName() =>
        AwsException.Sender(
            "ValidationException",
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"
        );

    public static AwsException MustRemove(string stage, string version) =>
        InvalidParameter(
            $"The parameter RemoveFromVersionId can't be empty. Staging label {stage} is currently attached to version {version}, "
                + "so you must explicitly reference that version in RemoveFromVersionId."
        );

    public static AwsException CurrentOnlyMoves() =>
        InvalidParameter("You can only move staging label AWSCURRENT to a different secret version. It can\u2019t be completely removed.");

    public static AwsException InvalidWindow() =>
        InvalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");

    public static AwsException WindowAndForce() =>
        InvalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");

    public static AwsException BothValues() =>
        InvalidParameter("You can't specify both a binary secret value and a string secret value in the same secret.");

    public static AwsException MalformedPolicy(string defect) => AwsException.Sender("MalformedPolicyDocumentException", defect);

    public static AwsException InvalidToken() => AwsException.Sender("InvalidNextTokenException", "The NextToken is invalid.");

    public static AwsException InvalidParameter(string message) => AwsException.Sender("InvalidParameterException", message);

    public static AwsException InvalidRequest(string message) => AwsException.Sender("InvalidRequestException", message);

    private static AwsException NotFound(string message) => AwsException.Sender("ResourceNotFoundException", message);

    private static AwsException Exists(string message) => AwsException.Sender("ResourceExistsException", message);
}
