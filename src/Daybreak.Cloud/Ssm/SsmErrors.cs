using Daybreak.Aws;

namespace Daybreak.Cloud.Ssm;

/// <summary>All errors of Parameter Store: code, status, message.</summary>
internal static class SsmErrors
{
    private const string NameForm =
        " If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, "
        + "numbers and the following 3 symbols .-_";

    /// <summary>The codes whose message is a member with a capital letter.</summary>
    private static readonly HashSet<string> WithCapitalMessage =
    [
        "ValidationException",
        "AccessDeniedException",
        "InternalServerError",
        "InvalidFilterValue",
        "InvalidNextToken",
        "TooManyUpdates",
    ];

    public static string MessageMember(AwsException error) => WithCapitalMessage.Contains(error.Code) ? "Message" : "message";

    /// <summary>AWS says nothing more.</summary>
    public static AwsException NotFound(string message = "") => AwsException.Sender("ParameterNotFound", message);

    public static AwsException ReferenceNotFound(string name) =>
        NotFound($"An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret {name} not found.");

    public static AwsException VersionNotFound(long version, string name) =>
        NoVersion($"Systems Manager could not find version {version} of {name}. Verify the version and try again.");

    public static AwsException LabelNotFound(string label, string name) =>
        NoVersion($"Systems Manager could not find label {label} for parameter {name}. Verify the label and try again.");

    public static AwsException AlreadyExists() =>
        AwsException.Sender(
            "ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true."
        );

    public static AwsException PatternMismatch(string pattern) =>
        AwsException.Sender("ParameterPatternMismatchException", $"Parameter value, cannot be validated against allowedPattern: {pattern}");

    public static AwsException InvalidPattern(string pattern) =>
        AwsException.Sender("InvalidAllowedPatternException", $"The allowed pattern is not a valid regular expression: {pattern}");

    public static AwsException OldestHasLabel(string name, long version) =>
        AwsException.Sender(
            "ParameterMaxVersionLimitExceeded",
            $"You attempted to create a new version of {name} by calling the PutParameter API with the overwrite flag. Version {version}, "
                + "the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of "
                + "the parameter, and try again."
        );

    public static AwsException TooManyLabels() =>
        AwsException.Sender(
            "ParameterVersionLabelLimitExceeded",
            "A parameter version can have maximum 10 labels.Move one or more labels to another version and try again."
        );

    public static AwsException TooManyLevels() =>
        AwsException.Sender(
            "HierarchyLevelLimitExceededException",
            "A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in "
                + "the AWS Systems Manager User Guide."
        );

    public static AwsException NotFullyQualified() => Invalid("Parameter name must be a fully qualified name.");

    public static AwsException InvalidName() => Invalid("Parameter name: can't be prefixed with \"ssm\" (case-insensitive)." + NameForm);

    public static AwsException ReservedName() =>
        Invalid("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive)." + NameForm);

    public static AwsException ReservedPath(string name) =>
        AwsException.Sender("AccessDeniedException", $"No access to reserved parameter name: {name}.");

    public static AwsException InvalidPath() =>
        Invalid(
            "Parameter path: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive) except global parameter name path prefixed with "
                + "\"aws\" (case-sensitive). It should always begin with / symbol.It consists of sub-paths divided by slash symbol; each "
                + "sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_"
        );

    public static AwsException TooLongForStandard() =>
        Invalid(
            "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade "
                + "the parameter to use the advanced-parameter tier. For more information, see "
                + "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
        );

    public static AwsException TooLongForAdvanced() =>
        Invalid("Advanced tier parameters support a maximum parameter value of 8192 characters.");

    public static AwsException NoDowngrade() =>
        Invalid(
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the "
                + "standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter."
        );

    public static AwsException TypeMissing() => Invalid("A parameter type is required when you create a parameter.");

    public static AwsException TagsAndOverwrite() =>
        Invalid(
            "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To "
                + "update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource."
        );

    public static AwsException UnknownDataType(string type) =>
        Invalid($"The following data type is not supported: {type} (Data type names are all lowercase.)");

    public static AwsException BothFilters() => Invalid("You can use either Filters or ParameterFilters in a single request.");

    public static AwsException InvalidFilterKey(string key, string valid) =>
        AwsException.Sender("InvalidFilterKey", $"The following filter key is not valid: {key}. Valid filter keys include: [{valid}].");

    public static AwsException RepeatedFilter(string key) =>
        AwsException.Sender(
            "InvalidFilterKey",
            $"The following filter is duplicated in the request: {key}. A request can contain only one occurrence of a specific filter."
        );

    public static AwsException InvalidFilterOption(string option, string valid) =>
        AwsException.Sender(
            "InvalidFilterOption",
            $"The following filter option is not valid: {option}. Valid options include: [{valid}]."
        );

    public static AwsException NoFilterValues(string key) =>
        AwsException.Sender("InvalidFilterValue", $"The following filter values are missing : null for filter key {key}.");

    public static AwsException InvalidToken() => AwsException.Sender("InvalidNextToken", "The specified token isn't valid.");

    /// <summary>AWS's model has no message for it.</summary>
    public static AwsException InvalidResourceId() => AwsException.Sender("InvalidResourceId", "");

    public static AwsException TooManyTags() => AwsException.Sender("TooManyTagsError", "");

    public static AwsException SecretsOnlyDecrypted() =>
        Invalid("WithDecryption flag must be True for retrieving a Secret Manager secret.");

    private static AwsException NoVersion(string message) => AwsException.Sender("ParameterVersionNotFound", message);

    private static AwsException Invalid(string message) => AwsException.Sender("ValidationException", message);
}
