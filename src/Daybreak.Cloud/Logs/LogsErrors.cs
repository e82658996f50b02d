using Daybreak.Aws;

namespace Daybreak.Cloud.Logs;

/// <summary>All errors of CloudWatch Logs: code, status, message.</summary>
internal static class LogsErrors
{
    public const string InvalidParameterCode = "InvalidParameterException";

    public static AwsException GroupExists() =>
        AwsException.Sender("ResourceAlreadyExistsException", "The specified log group already exists");

    public static AwsException StreamExists() =>
        AwsException.Sender("ResourceAlreadyExistsException", "The specified log stream already exists");

    public static AwsException GroupNotFound() =>
        AwsException.Sender("ResourceNotFoundException", "The specified log group does not exist.");

    public static AwsException StreamNotFound() =>
        AwsException.Sender("ResourceNotFoundException", "The specified log stream does not exist.");

    public static AwsException InvalidToken() => InvalidParameter("The specified nextToken is invalid.");

    public static AwsException PrefixAndPattern() =>
        InvalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");

    public static AwsException NameAndIdentifier() =>
        AwsException.Sender("ValidationException", "LogGroup name and LogGroup ARN are mutually exclusive parameters.");

    public static AwsException NeitherNameNorIdentifier() =>
        AwsException.Sender("ValidationException", "Either LogGroup name or LogGroup ARN must be provided.");

    public static AwsException NamesAndPrefix() => InvalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive.");

    public static AwsException PrefixWithLastEventTime() => InvalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");

    public static AwsException WrongOrder() =>
        InvalidParameter("Log events in a single PutLogEvents request must be in chronological order.");

    public static AwsException SpanTooLong() =>
        InvalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");

    public static AwsException UploadTooLarge(long bytes, long limit) =>
        InvalidParameter($"Upload too large: {bytes} bytes exceeds limit of {limit}");

    public static AwsException InvalidPattern(string reason) => InvalidParameter($"Invalid filter pattern: {reason}");

    public static AwsException InvalidRetention(int days, IEnumerable<int> values) =>
        InvalidParameter(
            $"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: "
                + $"Member must satisfy enum value set: [{string.Join(", ", values)}]"
        );

    public static AwsException DeletionProtected() =>
        AwsException.Sender(
            "ValidationException",
            "Log group cannot be deleted because deletion protection is enabled. Disable deletion protection before deleting."
        );

    public static AwsException TooManyTags() => AwsException.Sender("TooManyTagsException", "A resource can have no more than 50 tags.");

    public static AwsException InvalidParameter(string message) => AwsException.Sender(InvalidParameterCode, message);
}
